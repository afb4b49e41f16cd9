package io.sluice.api.messages;

import org.jspecify.annotations.Nullable;

/**
 * Attributes that an event has of its request, beside the body.
 *
 * @param caller who sends it
 * @param traceparent the W3C trace context, or {@code null}
 */
record Origin(String caller, @Nullable String traceparent) {}
