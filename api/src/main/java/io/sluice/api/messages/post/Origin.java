package io.sluice.api.messages.post;

import org.jspecify.annotations.Nullable;

/**
 * Attributes that an event has of its request, beside the body.
 *
 * @param caller who sends it
 * @param traceparent the W3C trace context, or {@code null}
 */
public record Origin(String caller, @Nullable String traceparent) {}
