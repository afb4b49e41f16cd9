/** The program that does the work of seconds that features order as jobs. */
@NullMarked
package io.sluice.worker;

import org.jspecify.annotations.NullMarked;
