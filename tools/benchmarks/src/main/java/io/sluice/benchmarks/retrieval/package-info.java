/** Quality and speed of the search for passages. */
@NullMarked
package io.sluice.benchmarks.retrieval;

import org.jspecify.annotations.NullMarked;
