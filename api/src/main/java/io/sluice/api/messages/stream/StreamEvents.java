package io.sluice.api.messages.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.stream.ServerSentEvent;
import io.sluice.contract.Event;
import io.sluice.contract.json.JsonStrings;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The events of a stream. Each has an id, by which it is gone on with behind it. */
final class StreamEvents {

    private StreamEvents() {}

    /** A message, with its payload as the last member. */
    static ServerSentEvent message(Event event, StreamPosition behind) {
        StringBuilder json = new StringBuilder(512 + event.payload().length);
        json.append("{\"id\":\"").append(event.id()).append("\",\"type\":");
        quote(event.type(), json);
        json.append(",\"key\":");
        quote(event.key(), json);
        json.append(",\"subject\":");
        quote(event.subject(), json);
        json.append(",\"time\":\"").append(event.time()).append("\",\"traceparent\":");
        quote(event.traceparent(), json);
        json.append(",\"payload\":").append(new String(event.payload(), UTF_8)).append('}');
        return new ServerSentEvent(behind.encode(), null, json.toString());
    }

    private static void quote(@Nullable String text, StringBuilder json) {
        if (text == null) {
            json.append("null");
        } else {
            JsonStrings.quote(text, json);
        }
    }

    /** The stream goes on, and has come so far. */
    static ServerSentEvent heartbeat(StreamPosition position) {
        return new ServerSentEvent(position.encode(), "heartbeat", "{}");
    }

    /** Something is lost, and the stream goes on behind it. */
    static ServerSentEvent gap(Gap gap, StreamPosition behind) {
        String lost = gap.lost().stream()
                .map(of -> "{\"partition\":%d,\"from\":%d,\"to\":%s}".formatted(of.partition(), of.from(), of.to()))
                .collect(Collectors.joining(","));
        return new ServerSentEvent(
                behind.encode(), "gap", "{\"reason\":\"%s\",\"lost\":[%s]}".formatted(gap.reason(), lost));
    }

    /** The last event of a stream, which the client goes on with elsewhere. */
    static ServerSentEvent closed(Closing closing, StreamPosition position) {
        return new ServerSentEvent(position.encode(), "closed", "{\"reason\":\"%s\"}".formatted(closing.label()));
    }
}
