package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.CONTENT_TOO_LARGE;
import static io.sluice.api.http.problems.ProblemCode.HEADERS_TOO_LARGE;
import static io.sluice.api.http.problems.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static io.sluice.api.requests.Request.GOOD_BODY;
import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;
import static io.sluice.api.requests.Request.post;

import java.util.stream.Stream;

/** The size of a request, and the end of its body: RFC 9112, sections 6 and 7. */
final class FramingCases {

    private static final int MAX_PAYLOAD = 1 << 20;
    private static final int MAX_BODY = MAX_PAYLOAD + (16 << 10);
    private static final int MAX_HEADERS = 20 << 10;

    private FramingCases() {}

    static Stream<Case> cases() {
        return Stream.of(sizes(), headerSizes(), chunks(), lengths(), ambiguous(), lineEnds(), expectations())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> sizes() {
        return Stream.of(
                post(payload(MAX_PAYLOAD)).gets(202),
                post(payload(MAX_PAYLOAD + 1))
                        .isRefused(CONTENT_TOO_LARGE, "at most 1048576 bytes, but has 1048577; send a smaller one."),
                post(body(MAX_BODY)).gets(202),
                isTooLarge(post(body(MAX_BODY + 1))),
                isTooLarge(post(body(3 << 20))),
                chunked(chunk(body(MAX_BODY)) + "0\r\n\r\n").gets(202),
                isTooLarge(chunked(chunk(body(MAX_BODY + 1)) + "0\r\n\r\n")),
                isTooLarge(declared("99999999999")).andIsUnfinished(),
                get(MESSAGES + "?limit=1")
                        .sending("a body that nobody asked for")
                        .gets(200));
    }

    private static Stream<Case> headerSizes() {
        // The name, the colon, the space and the end of the line count as well, and so does Host.
        int room = MAX_HEADERS - "Host: api\r\n".length() - "a: \r\n".length();
        return Stream.of(
                get("/health/live").with("a: " + "x".repeat(room)).gets(200),
                get("/health/live")
                        .with("a: " + "x".repeat(room + 1))
                        .isRefused(
                                HEADERS_TOO_LARGE,
                                "may have at most 20480 bytes, but have 20481; send fewer or shorter ones."),
                get(MESSAGES)
                        .with("x: y\r\n".repeat(4000) + "x: y")
                        .isRefused(HEADERS_TOO_LARGE, "send fewer or shorter ones."),
                get("/health/live").with("x: y\r\n".repeat(98) + "x: y").gets(200),
                get("/health/live")
                        .with("x: y\r\n".repeat(99) + "x: y")
                        .isRefused(HEADERS_TOO_LARGE, "at most 100 header fields, but has 101; send fewer."),
                post(GOOD_BODY)
                        .with("Cookie: " + "x".repeat(30_000))
                        .isRefused(HEADERS_TOO_LARGE, "send fewer or shorter ones."),
                get("/health/live").with("a: " + "x".repeat(70_000)).isCutOff(431));
    }

    private static Stream<Case> chunks() {
        return Stream.of(
                chunked("d\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").gets(202),
                chunked("D;ext=1\r\n" + GOOD_BODY + "\r\n0\r\nTrailer: x\r\n\r\n")
                        .gets(202),
                chunked("5\r\n{'pay\r\n8\r\nload':1}\r\n0\r\n\r\n").gets(202),
                chunked("0\r\n\r\n").breaks("body", "a JSON object is expected, but the text ends (at byte 0)"),
                chunked("zz\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked("-1\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked("\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked("5\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked("fffffffffffffffff\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked(GOOD_BODY + "\r\n").isDropped(),
                isNotChunked("gzip"),
                isNotChunked("gzip, chunked"),
                isNotChunked("chunked, chunked"),
                isNotChunked("identity"),
                isNotChunked("x"),
                chunked("d\r\n" + GOOD_BODY + "\r\n").thenHangingUp().isDropped());
    }

    private static Stream<Case> lengths() {
        return Stream.of(
                Request.of("POST", MESSAGES)
                        .with("Content-Type: application/json")
                        .breaks("body", "the text ends"),
                post("").breaks("body", "the text ends (at byte 0)"),
                declared("13").followedBy(GOOD_BODY + "GET /nope").gets(202).andIsUnfinished(),
                declared("12").followedBy("{'payload':1").breaks("body", "'}' is expected, but the text ends"),
                declared("-1").followedBy(GOOD_BODY).isCutOff(400),
                declared("+13").followedBy(GOOD_BODY).isCutOff(400),
                declared("abc").followedBy(GOOD_BODY).isCutOff(400),
                declared("1e1").followedBy(GOOD_BODY).isCutOff(400),
                declared("0xD").followedBy(GOOD_BODY).isCutOff(400),
                declared("").followedBy(GOOD_BODY).isCutOff(400),
                declared("13, 14").followedBy(GOOD_BODY).isCutOff(400),
                declared("9223372036854775808").followedBy(GOOD_BODY).isCutOff(400),
                declared("13").with("Content-Length: 14").followedBy(GOOD_BODY).isCutOff(400),
                declared("14").followedBy(GOOD_BODY).thenHangingUp().isDropped());
    }

    /** Requests that a proxy in front of us could read in another way, with a request in what it takes for the body. */
    private static Stream<Case> ambiguous() {
        String chunks = "d\r\n" + GOOD_BODY + "\r\n0\r\n\r\n";
        return Stream.of(
                isNotChunked("xchunked"),
                isNotChunked("chunked, identity"),
                isNotChunked("chunked;q=1"),
                isNotChunked("identity\r\nTransfer-Encoding: chunked"),
                isNotChunked("chunked\r\nTransfer-Encoding: chunked"),
                Request.line("POST " + MESSAGES + " HTTP/1.0")
                        .with("Content-Type: application/json")
                        .with("Host: api")
                        .with("Transfer-Encoding: chunked")
                        .followedBy(chunks)
                        .breaks("Transfer-Encoding:", "is not known to HTTP/1.0")
                        .andIsClosed(),
                declared("13, 13").followedBy(GOOD_BODY).isCutOff(400),
                declared("13").with("Content-Length: 13").followedBy(GOOD_BODY).isCutOff(400),
                declared("13 13").followedBy(GOOD_BODY).isCutOff(400),
                Request.of("POST", MESSAGES)
                        .with("Content-Type: application/json")
                        .with("Content-Length : 13")
                        .followedBy(GOOD_BODY)
                        .isCutOff(400),
                Request.of("POST", MESSAGES)
                        .with("Content-Type: application/json")
                        .with("Transfer-Encoding : chunked")
                        .followedBy(chunks)
                        .isCutOff(400));
    }

    /** RFC 9112, sections 2.2, 5.2 and 7.1. */
    private static Stream<Case> lineEnds() {
        return Stream.of(
                get("/health/live").with("a: b\rTransfer-Encoding: chunked").isCutOff(400),
                Request.of("POST", MESSAGES)
                        .with("Content-Type: application/json")
                        .with("Transfer-Encoding:\r\n chunked")
                        .followedBy("d\r\n" + GOOD_BODY + "\r\n0\r\n\r\n")
                        .breaks("Transfer-Encoding:", "must be chunked, or left out")
                        .and("Connection: close")
                        .andIsClosed(),
                chunked("d\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked("d\r\n" + GOOD_BODY + "\n0\r\n\r\n").isDropped(),
                chunked("d;\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked("d\r\n" + GOOD_BODY + "xx0\r\n\r\n").isDropped(),
                chunked("+d\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped(),
                chunked("0xd\r\n" + GOOD_BODY + "\r\n0\r\n\r\n").isDropped());
    }

    /** A client that asks first does not send a body that is refused: RFC 9110, section 10.1.1. */
    private static Stream<Case> expectations() {
        return Stream.of(
                isTooLarge(declared("99999999").with("Expect: 100-continue"))
                        .andIsClosed()
                        .and("Connection: close"),
                declared("13")
                        .with("Content-Type: text/plain")
                        .with("Expect: 100-continue")
                        .isRefused(UNSUPPORTED_MEDIA_TYPE, "Send JSON in UTF-8")
                        .andIsClosed()
                        .and("Connection: close"),
                post(GOOD_BODY).with("Connection: close").gets(202).andIsClosed(),
                post("{}")
                        .with("Connection: close")
                        .breaks("/payload", "is missing")
                        .andIsClosed());
    }

    private static Request declared(String contentLength) {
        return Request.of("POST", MESSAGES)
                .with("Content-Type: application/json")
                .with("Content-Length: " + contentLength);
    }

    private static Request chunked(String chunks) {
        return Request.of("POST", MESSAGES)
                .with("Content-Type: application/json")
                .with("Transfer-Encoding: chunked")
                .followedBy(chunks);
    }

    private static Case isTooLarge(Request request) {
        return request.isRefused(CONTENT_TOO_LARGE, "The body may have at most 1064960 bytes; send a smaller one.");
    }

    private static Case isNotChunked(String coding) {
        return post(GOOD_BODY)
                .with("Transfer-Encoding: " + coding)
                .breaks("Transfer-Encoding:", "must be chunked, or left out")
                .and("Connection: close")
                .andIsClosed();
    }

    private static String payload(int bytes) {
        return "{'payload':'" + "x".repeat(bytes - 2) + "'}";
    }

    private static String body(int bytes) {
        return "{'payload':1" + " ".repeat(bytes - 13) + "}";
    }

    private static String chunk(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    }
}
