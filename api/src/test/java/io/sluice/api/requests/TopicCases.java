package io.sluice.api.requests;

import io.sluice.api.http.problems.ProblemCode;
import java.util.stream.Stream;

/** Topics. */
final class TopicCases {

    private static final String TOPICS = "/api/v1/topics";

    private TopicCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                Request.get(TOPICS).gets(200),
                Request.get(TOPICS + "?topic=messages").breaks("?topic", "is unknown; there are no parameters here"),
                Request.get(TOPICS + "/messages").isRefused(ProblemCode.NOT_FOUND, ""),
                Request.get(TOPICS).with("Accept: text/csv").isRefused(ProblemCode.NOT_ACCEPTABLE, "application/json"),
                Request.of("DELETE", TOPICS).isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"));
    }
}
