/** How lines of the log are written. */
@NullMarked
package io.sluice.consumer.logs;

import org.jspecify.annotations.NullMarked;
