package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Optional;

/**
 * A response over HTTP/1.1.
 *
 * @param head status line and headers
 */
record Response(int status, String head, String body) {

    private static final String VERSION = "HTTP/1.1 ";

    private static final int STATUS_DIGITS = 3;

    /**
     * Reads a response.
     *
     * @param received its bytes so far, and others behind them
     * @param length number of its bytes so far
     * @return empty while it is not complete
     * @throws IOException if it is not over HTTP/1.1, or has no {@code Content-Length}
     */
    static Optional<Response> parse(byte[] received, int length) throws IOException {
        int end = endOfHead(received, length);
        if (end < 0) {
            return Optional.empty();
        }
        String head = new String(received, 0, end, US_ASCII);
        if (!head.startsWith(VERSION)) {
            throw new IOException("An answer is not over HTTP/1.1: " + head);
        }
        int bodyLength = Integer.parseInt(header(head, "Content-Length")
                .orElseThrow(() -> new IOException("An answer has no Content-Length: " + head)));
        if (length < end + bodyLength) {
            return Optional.empty();
        }
        int status = Integer.parseInt(head, VERSION.length(), VERSION.length() + STATUS_DIGITS, 10);
        return Optional.of(new Response(status, head, new String(received, end, bodyLength, US_ASCII)));
    }

    private static int endOfHead(byte[] received, int length) {
        for (int i = 3; i < length; i++) {
            if (received[i] == '\n' && received[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The value of a header, if there is one of this name, in any case. */
    Optional<String> header(String name) {
        return header(head, name);
    }

    private static Optional<String> header(String head, String name) {
        for (int line = head.indexOf('\n') + 1; line > 0; line = head.indexOf('\n', line) + 1) {
            int colon = line + name.length();
            if (head.startsWith(":", colon) && head.regionMatches(true, line, name, 0, name.length())) {
                return Optional.of(
                        head.substring(colon + 1, head.indexOf('\r', colon)).strip());
            }
        }
        return Optional.empty();
    }

    /** Fails unless the status is this one. */
    void require(int required) {
        OpenLoop.require(required, status, body);
    }
}
