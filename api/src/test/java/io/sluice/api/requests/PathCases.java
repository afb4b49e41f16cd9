package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.INVALID_REQUEST;
import static io.sluice.api.http.problems.ProblemCode.NOT_FOUND;
import static io.sluice.api.http.problems.ProblemCode.URI_TOO_LONG;
import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;

import java.util.stream.Stream;

/** Paths: those that exist, those that do not, and those that are none. */
final class PathCases {

    private static final int MAX_TARGET_BYTES = 8192;
    private static final int MAX_LINE_BYTES = 65536;

    private PathCases() {}

    static Stream<Case> cases() {
        return Stream.of(existing(), missing(), malformed(), tooLong()).flatMap(cases -> cases);
    }

    /** As RFC 3986, section 6.2, sees them: the same path, written in another way. */
    private static Stream<Case> existing() {
        return Stream.of(
                        MESSAGES,
                        MESSAGES + "/",
                        MESSAGES + "//",
                        "//api//v1/messages",
                        "/api/../api/./v1/messages",
                        "/api/v1/mess%61ges",
                        MESSAGES + ";a=b",
                        "http://api/api/v1/messages",
                        "/health",
                        "/health/",
                        "/health/live",
                        "/health/ready",
                        "/health/started",
                        "/api/health",
                        "/v1/health",
                        "/",
                        "/..",
                        "/openapi",
                        "/docs/",
                        "/problems/not-found.md")
                .map(path -> get(path).gets(200));
    }

    private static Stream<Case> missing() {
        return Stream.of(
                        "/api",
                        "/api/v1",
                        "/api/v2/messages",
                        "/api/v1/message",
                        "/api/v1/Messages",
                        "/api/v1/messages/" + PreferCases.STORED + "/payload",
                        "/api%2Fv1%2Fmessages",
                        "/api/v1/messages%2F",
                        "/api/v1/messages%3Flimit=1",
                        "/api/v1/messages#top",
                        "/%00",
                        "/%C3%A4",
                        "/../../etc/passwd",
                        "/api/v1/messages/%2e%2e",
                        "/problems",
                        "/problems/",
                        "/problems/nope.md",
                        "/problems/../application.properties",
                        "/problems/%2e%2e/%2e%2e/application.properties",
                        "/META-INF/openapi.yaml",
                        "/q/dev",
                        "/metrics",
                        "/favicon.ico",
                        "*",
                        "nope",
                        "api/v1/messages")
                .map(path ->
                        get(path).isRefused(NOT_FOUND, "There is nothing at this path; /openapi lists what there is."));
    }

    private static Stream<Case> malformed() {
        return Stream.concat(
                Stream.of(
                                "/%zz",
                                "/%",
                                "/%4",
                                "/%FF",
                                "/%C3",
                                "/%ED%A0%80",
                                MESSAGES + "/%zz",
                                MESSAGES + "/%FF",
                                "/health/%zz",
                                "/problems/%zz",
                                "/docs/%zz",
                                "/api/v1/mess\0ages",
                                "/api/v1/messages\u00FF",
                                "/api/v1/messages\u007F")
                        .map(path -> get(path)
                                .isRefused(
                                        INVALID_REQUEST,
                                        "The path must be percent-encoded UTF-8, with two hexadecimal digits"
                                                + " behind each %.")),
                Stream.of(get("?limit=1").isRefused(INVALID_REQUEST, "The path is missing; it begins with a slash.")));
    }

    private static Stream<Case> tooLong() {
        return Stream.of(
                get("/" + "x".repeat(MAX_TARGET_BYTES - 1)).isRefused(NOT_FOUND, "nothing at this path"),
                get("/" + "x".repeat(MAX_TARGET_BYTES))
                        .isRefused(URI_TOO_LONG, "may have at most 8192 bytes, but have 8193; shorten them."),
                get("/" + "x/".repeat(20_000)).isRefused(URI_TOO_LONG, "but have 40001; shorten them."),
                get(MESSAGES + "?key=" + "%41".repeat(3000)).isRefused(URI_TOO_LONG, "shorten them."),
                get("/" + "x".repeat(MAX_LINE_BYTES)).isCutOff(414));
    }
}
