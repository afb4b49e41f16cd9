package io.sluice.api.openapi;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One method of one path.
 *
 * @param method in lower case
 * @param path with its parameters in braces
 * @param place where the document describes it
 */
public record Operation(String method, String path, Place place) {

    /** Its parameters. */
    public Stream<Place> parameters() {
        return place.to("parameters").places();
    }

    /** The names of its parameters of one kind: {@code path}, {@code query} or {@code header}. */
    public Stream<String> parameters(String in) {
        return parameters()
                .filter(parameter -> parameter.to("in").text().equals(in))
                .map(parameter -> parameter.to("name").text());
    }

    /** Its body, under the media type that it has; empty where it has none. */
    public Optional<Place> body() {
        return place.to("requestBody").to("content").places().findFirst();
    }

    /** The status with which it succeeds. */
    public String success() {
        return place.to("responses").names().stream()
                .filter(status -> status.startsWith("2"))
                .findFirst()
                .orElseThrow();
    }

    /** True of a stream, whose answer does not end by itself within minutes. */
    public boolean isEndless() {
        return method.equals("get")
                && place.to("responses").to(success()).to("content").names().contains("text/event-stream");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
