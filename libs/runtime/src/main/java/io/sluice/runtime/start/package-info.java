/** Start of a program, and what it reports about itself. */
@NullMarked
package io.sluice.runtime.start;

import org.jspecify.annotations.NullMarked;
