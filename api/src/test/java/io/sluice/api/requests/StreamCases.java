package io.sluice.api.requests;

import io.sluice.api.http.problems.ProblemCode;
import java.util.stream.Stream;

/** The live stream: what is wrong is told before it begins. {@code HEAD} has what {@code GET} would begin with. */
final class StreamCases {

    private static final String STREAM = "/api/v1/messages/stream";
    private static final String ID = "must be the id of an event of this stream, as it was sent, and stand once";
    private static final String KNOWN = "is unknown; known are key, type, subject, since";

    /** A topic's id, and two offsets. */
    private static final String GOOD = "AfBnDtgq4U06h2EWdHeRb5AC6CQR";

    private StreamCases() {}

    static Stream<Case> cases() {
        return Stream.of(queries(), ids(), others()).flatMap(cases -> cases);
    }

    private static Stream<Case> queries() {
        return Stream.of(
                head("?key=a&type=b&subject=c&since=2026-01-02T03:04:05Z").gets(200),
                get("?limit=1").breaks("?limit", KNOWN),
                get("?cursor=AQ").breaks("?cursor", KNOWN),
                get("?key=").breaks("?key", "must not be empty; leave it out instead"),
                get("?type=" + "k".repeat(257)).breaks("?type", "at most 256 bytes in UTF-8, but has 257"),
                get("?subject=a&subject=b").breaks("?subject", "must be given once"),
                get("?since=yesterday").breaks("?since", "must be a time of RFC 3339"),
                get("?since=2026-01-02T03:04:05Z&until=2026-01-02T03:04:05Z").breaks("?until", KNOWN));
    }

    private static Stream<Case> ids() {
        return Stream.concat(
                Stream.of(
                                "0",
                                "AQ",
                                "AQ==",
                                "not base64!",
                                "null",
                                GOOD + "A",
                                GOOD.substring(0, GOOD.length() - 2),
                                "Ag" + GOOD.substring(2),
                                "\u00e4",
                                "A".repeat(10_000))
                        .map(id -> get("").with("Last-Event-ID: " + id).breaks("Last-Event-ID:", ID)),
                Stream.of(
                        head("").with("Last-Event-ID: " + GOOD).gets(200),
                        head("").with("Last-Event-ID:").gets(200),
                        get("").with("Last-Event-ID: " + GOOD)
                                .with("Last-Event-ID: " + GOOD)
                                .breaks("Last-Event-ID:", ID),
                        get("?limit=1")
                                .with("Last-Event-ID: 0")
                                .breaks("?limit", KNOWN)
                                .and("Last-Event-ID:", ID)));
    }

    private static Stream<Case> others() {
        return Stream.of(
                head("").gets(200).and("Content-Type: text/event-stream"),
                get("").with("Accept: application/json").isRefused(ProblemCode.NOT_ACCEPTABLE, "text/event-stream"),
                Request.of("DELETE", STREAM).isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"),
                Request.get(STREAM + "/1").isRefused(ProblemCode.NOT_FOUND, ""));
    }

    private static Request get(String query) {
        return Request.get(STREAM + query);
    }

    private static Request head(String query) {
        return Request.of("HEAD", STREAM + query);
    }
}
