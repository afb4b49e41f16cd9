package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.ORIGIN_REFUSED;
import static io.sluice.api.requests.Request.GOOD_BODY;
import static io.sluice.api.requests.Request.post;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** The headers of a post. */
final class HeaderCases {

    private static final String PRINTABLE = "must be 1 to 256 printable characters of ASCII";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";

    private HeaderCases() {}

    static Stream<Case> cases() {
        return Stream.of(idempotencyKeys(), cloudEvents(), ignored(), hosts(), origins())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> idempotencyKeys() {
        return Stream.of(
                key("k").gets(202),
                key("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"").gets(202),
                key("a b, c ~!").gets(202),
                key("k".repeat(256)).gets(202),
                key("k".repeat(257)).breaks("Idempotency-Key:", PRINTABLE),
                key("").breaks("Idempotency-Key:", PRINTABLE),
                key("  ").breaks("Idempotency-Key:", PRINTABLE),
                key("a\tb").breaks("Idempotency-Key:", PRINTABLE),
                key("caf\u00E9").breaks("Idempotency-Key:", PRINTABLE),
                key("a").with("Idempotency-Key: a").breaks("Idempotency-Key:", "must be sent once"),
                key("a").with("idempotency-key: b").breaks("Idempotency-Key:", "must be sent once"),
                post("{'payload':1,'id':'" + UUID.randomUUID() + "'}")
                        .with("Idempotency-Key: a")
                        .breaks("Idempotency-Key:", "must not be sent with an id in the body; leave one of them out"),
                post("{'payload':1,'id':null}").with("Idempotency-Key: b").gets(202),
                post("{'key':1}")
                        .with("Idempotency-Key: ")
                        .breaks("Idempotency-Key:", PRINTABLE)
                        .and("/key", "must be a string")
                        .and("/payload", "is missing"),
                post("{'key'")
                        .with("Idempotency-Key: ")
                        .breaks("Idempotency-Key:", PRINTABLE)
                        .and("body", "is expected"),
                key("a\u0001b").isCutOff(400),
                key("a\0b").isCutOff(400),
                key("a\u007Fb").isCutOff(400));
    }

    /** Binary content mode; the structured and the batched one are bodies. */
    private static Stream<Case> cloudEvents() {
        String elsewhere = "is not kept; leave it out, and put what matters into the data";
        return Stream.of(
                event().gets(202),
                bare().sending("").gets(202),
                bare().sending("[1, 2]").gets(202),
                bare().sending("[1").breaks("body", "must be one JSON value in UTF-8"),
                event().with("ce-partitionkey: a").with("ce-subject: \"b%20c\"").gets(202),
                event().with("ce-time: 2026-01-02T03:04:05+01:00").gets(202),
                event().with("ce-time: 2026-01-02t03:04:05.5-23:59").gets(202),
                event().with("ce-time: 2026-01-02T03:04Z").breaks("ce-time:", "must be a time as RFC 3339 has it"),
                event().with("ce-time: +12026-01-02T03:04:05Z").breaks("ce-time:", "must be a time as RFC 3339 has it"),
                event().with("ce-time: today").breaks("ce-time:", "must be a time as RFC 3339 has it"),
                event().with("ce-subject: %zz").breaks("ce-subject:", "must be percent-encoded UTF-8"),
                event().with("ce-subject: ").breaks("ce-subject:", "must not be empty"),
                event().with("ce-id: 2").breaks("ce-id:", "must be sent once"),
                event().with("ce-dataschema: urn:a").breaks("ce-dataschema:", elsewhere),
                event().with("ce-myextension: 1").breaks("ce-myextension:", elsewhere),
                event().with("ce-" + "x".repeat(200) + ": ").breaks("ce-" + "x".repeat(97) + "…:", elsewhere),
                event().with("ce-traceparent: 00-" + TRACE + "-01").gets(202),
                event().with("Idempotency-Key: k").breaks("Idempotency-Key:", "must not be sent with a CloudEvent"),
                with("ce-id: 1")
                        .breaks("ce-specversion:", "must be 1.0")
                        .and("ce-source:", "is missing")
                        .and("ce-type:", "is missing"),
                with("CE-Type: a")
                        .with("ce-specversion: 0.3")
                        .with("ce-source: not a\"URI")
                        .breaks("ce-specversion:", "must be 1.0")
                        .and("ce-id:", "is missing")
                        .and("ce-source:", "must be a URI reference"),
                with("ce: 1").gets(202),
                with("ce_id: 1").gets(202),
                with("x-ce-id: 1").gets(202));
    }

    private static Request event() {
        return attributes(with("ce-specversion: 1.0"));
    }

    /** Without a body. */
    private static Request bare() {
        return attributes(Request.of("POST", Request.MESSAGES)
                .with("Content-Type: application/json")
                .with("ce-specversion: 1.0"));
    }

    private static Request attributes(Request request) {
        return request.with("ce-id: 1").with("ce-source: urn:here").with("ce-type: a");
    }

    /** Headers that a receiver has to go on without: Trace Context, section 4.3; RFC 9110, section 10.1.1. */
    private static Stream<Case> ignored() {
        return Stream.of(
                with("traceparent: 00-" + TRACE + "-01").gets(202),
                with("traceparent: ff-" + TRACE + "-01").gets(202),
                with("traceparent: 00-" + TRACE.toUpperCase(Locale.ROOT) + "-01")
                        .gets(202),
                with("traceparent: garbage").gets(202),
                with("traceparent: ").gets(202),
                with("traceparent: \u00FF").gets(202),
                with("traceparent: 00-" + TRACE + "-01")
                        .with("traceparent: 00-" + TRACE + "-00")
                        .gets(202),
                with("tracestate: ===").gets(202),
                with("Expect: 100-continue").gets(202),
                with("Expect: a-miracle").gets(202),
                with("Prefer: wait=x").gets(202),
                with("Range: bytes=5-").gets(202),
                with("If-Match: \"a\"").gets(202),
                with("Cookie: =;;;").gets(202),
                with("Date: yesterday").gets(202));
    }

    /** RFC 9112, section 3.2. */
    private static Stream<Case> hosts() {
        String remedy = "must be sent once and name the host, as in Host: api.example.org";
        return Stream.of(
                with("Host: api").breaks("Host:", remedy),
                with("Host: other").breaks("Host:", remedy),
                Request.line("GET /api/v1/messages HTTP/1.1").breaks("Host:", remedy),
                Request.line("GET /api/v1/messages HTTP/1.1").with("Host: a b").breaks("Host:", remedy),
                Request.line("GET /api/v1/messages HTTP/1.1").with("Host: a/b").breaks("Host:", remedy),
                Request.line("GET /health HTTP/1.1").breaks("Host:", remedy),
                Request.line("GET /api/v1/messages?limit=1 HTTP/1.1")
                        .with("Host: [::1]:80")
                        .gets(200));
    }

    /** The program's own pages may call; the framework compares schemes, names and ports. */
    private static Stream<Case> origins() {
        String remedy = "Pages of this origin may not call; add it to CORS_ORIGINS";
        return Stream.of(
                with("Origin: http://api").gets(202),
                with("Origin: http://api:80").gets(202),
                with("Origin: https://api").isRefused(ORIGIN_REFUSED, remedy),
                with("Origin: https://api")
                        .with("X-Forwarded-Proto: https")
                        .with("Forwarded: proto=https")
                        .isRefused(ORIGIN_REFUSED, remedy),
                with("Origin: http://api:81").isRefused(ORIGIN_REFUSED, remedy),
                with("Origin: http://api.example.com").isRefused(ORIGIN_REFUSED, remedy),
                with("Origin: null").isRefused(ORIGIN_REFUSED, remedy),
                with("Origin: ").isRefused(ORIGIN_REFUSED, remedy),
                with("Origin: %").isRefused(ORIGIN_REFUSED, remedy),
                Request.of("OPTIONS", "/api/v1/messages")
                        .with("Origin: https://evil.example.com")
                        .with("Access-Control-Request-Method: POST")
                        .isRefused(ORIGIN_REFUSED, remedy),
                Request.get("/health").with("Origin: https://evil.example.com").isRefused(ORIGIN_REFUSED, remedy));
    }

    private static Request key(String key) {
        return with("Idempotency-Key: " + key);
    }

    private static Request with(String header) {
        return post(GOOD_BODY).with(header);
    }
}
