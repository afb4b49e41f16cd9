/** Speed: the packaged programs against their limits, side by side in one run. */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
