package io.sluice.api.chat.stream;

import io.smallrye.mutiny.Multi;

/**
 * Events of an answer, which are sent as they come. For an answer of the media type {@code text/event-stream}.
 *
 * @param events cancelled when the client is gone; a failure breaks the answer off, so that what clients are to be told is an event
 */
public record EventStream(Multi<ServerSentEvent> events) {}
