/** Quality and speed of the detection of circles. */
@NullMarked
package io.sluice.benchmarks.images;

import org.jspecify.annotations.NullMarked;
