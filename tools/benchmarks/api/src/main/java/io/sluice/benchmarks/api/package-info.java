/** Additions to the packaged api for benchmarks. */
@NullMarked
package io.sluice.benchmarks.api;

import org.jspecify.annotations.NullMarked;
