package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.INVALID_REQUEST;
import static io.sluice.api.requests.Request.get;
import static io.sluice.api.requests.Request.line;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.stream.Stream;

/** Requests that are not quite HTTP: RFC 9112, sections 2 to 5. Those that its parser cannot read are answered without a document. */
final class SyntaxCases {

    private SyntaxCases() {}

    static Stream<Case> cases() {
        return Stream.of(read(), unread()).flatMap(cases -> cases);
    }

    private static Stream<Case> read() {
        return Stream.of(
                line("GET /health/live HTTP/1.0").gets(200).andIsClosed(),
                line("GET /health/live HTTP/1.0").with("Connection: keep-alive").gets(200),
                line("\r\nGET /health/live HTTP/1.1").with("Host: api").gets(200),
                live().with("a: b\r\n c").gets(200),
                live().with("a: \u00FF").gets(200),
                live().with("Upgrade: websocket").with("Connection: upgrade").gets(200),
                isUnknownVersion("HTTP/9.9"),
                isUnknownVersion("HTTP/1.2"),
                isUnknownVersion("FOO/1.1"));
    }

    private static Stream<Case> unread() {
        return Stream.of(
                live().with("no colon").isCutOff(400),
                live().with("name : space before the colon").isCutOff(400),
                live().with("n\u00E4me: a").isCutOff(400),
                live().with("n\u0001me: a").isCutOff(400),
                live().with("a: b\0").isCutOff(400),
                live().with("a: b\rc: d").isCutOff(400),
                line("GET /health/live").with("Host: api").isCutOff(400),
                line("GET  HTTP/1.1").with("Host: api").isCutOff(400),
                line("GET /a b HTTP/1.1").with("Host: api").isCutOff(400),
                line("G\u0001T / HTTP/1.1").with("Host: api").isCutOff(400),
                line("").with("Host: api").isCutOff(400),
                line("\u0016\u0003\u0001\u0002\0 a client that speaks TLS").isCutOff(400),
                line("GET /health/live HTTP/1.1\nHost: api").isCutOff(400),
                line("G".repeat(70_000) + " / HTTP/1.1").isCutOff(414),
                get("/health/live")
                        .followedBy("GET".getBytes(ISO_8859_1))
                        .gets(200)
                        .andIsUnfinished());
    }

    private static Request live() {
        return get("/health/live");
    }

    private static Case isUnknownVersion(String version) {
        return line("GET /health/live " + version)
                .with("Host: api")
                .isRefused(INVALID_REQUEST, "unknown version of HTTP; send HTTP/1.1 or HTTP/2.")
                .andIsClosed();
    }
}
