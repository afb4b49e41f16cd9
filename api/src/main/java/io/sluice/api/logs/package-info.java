/** How lines of the log are written. */
@NullMarked
package io.sluice.api.logs;

import org.jspecify.annotations.NullMarked;
