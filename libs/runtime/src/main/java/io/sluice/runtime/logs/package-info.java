/** Structured log lines, and filters that keep their number bounded. */
@NullMarked
package io.sluice.runtime.logs;

import org.jspecify.annotations.NullMarked;
