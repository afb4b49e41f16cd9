package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.INVALID_REQUEST;
import static io.sluice.api.http.problems.ProblemCode.METHOD_NOT_ALLOWED;
import static io.sluice.api.http.problems.ProblemCode.NOT_FOUND;
import static io.sluice.api.requests.Request.MESSAGES;

import java.util.List;
import java.util.stream.Stream;

/** Every method on every path: RFC 9110, section 9. */
final class MethodCases {

    private static final String ITEM = MESSAGES + "/" + PreferCases.STORED;
    private static final String READ = "GET, HEAD, OPTIONS";
    private static final String MESSAGES_METHODS = "DELETE, " + READ + ", POST";

    private static final List<String> BESIDE_RESOURCES = List.of(
            "/",
            "/health",
            "/health/live",
            "/api/health",
            "/v1/health",
            "/openapi",
            "/docs/",
            "/problems/not-found.md");

    private MethodCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                        allowed(MESSAGES, MESSAGES_METHODS),
                        allowed(MESSAGES + "/", MESSAGES_METHODS),
                        allowed(MESSAGES + ";a=b", MESSAGES_METHODS),
                        allowed(ITEM, READ),
                        BESIDE_RESOURCES.stream().flatMap(path -> allowed(path, READ)),
                        refused(MESSAGES, MESSAGES_METHODS, "PUT", "PATCH", "TRACE", "CONNECT", "FOO", "get"),
                        refused(MESSAGES + "/", MESSAGES_METHODS, "PUT"),
                        refused(MESSAGES + ";a=b", MESSAGES_METHODS, "PUT"),
                        refused("//api/v1/messages", MESSAGES_METHODS, "PUT"),
                        refused(ITEM, READ, "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "FOO", "Get"),
                        refused(MESSAGES + "/42", READ, "PUT"),
                        BESIDE_RESOURCES.stream()
                                .flatMap(path -> refused(path, READ, "POST", "DELETE", "TRACE", "FOO")),
                        missing())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> allowed(String path, String methods) {
        return Stream.of(
                Request.of("HEAD", path).gets(200),
                Request.of("OPTIONS", path).gets(204).and("Allow: " + methods));
    }

    private static Stream<Case> refused(String path, String allowed, String... methods) {
        return Stream.of(methods).map(method -> Request.of(method, path)
                .isRefused(METHOD_NOT_ALLOWED, "Use a method of this path: " + allowed + ".")
                .and("Allow: " + allowed));
    }

    private static Stream<Case> missing() {
        return Stream.of(
                Request.of("HEAD", "/nope").isRefused(NOT_FOUND, ""),
                Request.of("HEAD", MESSAGES + "/42").isRefused(INVALID_REQUEST, ""),
                Request.of("OPTIONS", "/nope").isRefused(NOT_FOUND, "nothing at this path"),
                Request.of("OPTIONS", "*").isRefused(NOT_FOUND, "nothing at this path"),
                Request.of("OPTIONS", ITEM + "/payload").isRefused(NOT_FOUND, "nothing at this path"),
                Request.of("DELETE", "/nope").isRefused(NOT_FOUND, "nothing at this path"),
                Request.of("POST", "/nope").isRefused(NOT_FOUND, "nothing at this path"),
                Request.of("FOO", "/api/v1").isRefused(NOT_FOUND, "nothing at this path"));
    }
}
