/** The program that takes events over HTTP and reads them back. */
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
