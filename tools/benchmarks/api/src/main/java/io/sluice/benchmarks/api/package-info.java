/** What the packaged api has for benchmarks alone. */
@NullMarked
package io.sluice.benchmarks.api;

import org.jspecify.annotations.NullMarked;
