package io.sluice.api.http.stream;

import io.smallrye.mutiny.Multi;

/**
 * Events of an answer, which are sent as they come. For an answer of the media type {@code text/event-stream}.
 *
 * @param blocks one or more events each, as they are sent; cancelled when the client is gone; a failure breaks the answer off, so that
 *     what clients are to be told is an event
 */
public record EventStream(Multi<byte[]> blocks) {

    /** A stream of single events. */
    public static EventStream of(Multi<ServerSentEvent> events) {
        return new EventStream(events.map(ServerSentEvent::bytes));
    }
}
