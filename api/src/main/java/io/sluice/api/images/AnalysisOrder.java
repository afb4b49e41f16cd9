package io.sluice.api.images;

import org.jspecify.annotations.Nullable;

/**
 * Body of an order to analyse an image again.
 *
 * @param detector what is to find the objects, or {@code null} for what the worker is configured to
 */
record AnalysisOrder(@Nullable DetectorName detector) {

    static final int MAX_BODY_BYTES = 1 << 10;

    /** The order of a request without a body. */
    static final AnalysisOrder PLAIN = new AnalysisOrder(null);
}
