package io.sluice.api.requests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.problems.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A request as the bytes it is, so that it can be one that no HTTP client would send.
 *
 * @param head the request line and the header fields, a character a byte, each line with its end
 * @param body what follows the empty line
 * @param hangsUp whether the client is gone after that
 */
record Request(String head, byte[] body, boolean hangsUp) {

    static final String MESSAGES = "/api/v1/messages";

    static final String GOOD_BODY = "{'payload':1}";

    private static final int MAX_NAME_CHARACTERS = 150;

    static Request of(String method, String target) {
        return line(method + " " + target + " HTTP/1.1").with("Host: api");
    }

    static Request line(String requestLine) {
        return new Request(requestLine + "\r\n", new byte[0], false);
    }

    static Request get(String target) {
        return of("GET", target);
    }

    /** A post of JSON. */
    static Request post(String json) {
        return of("POST", MESSAGES).with("Content-Type: application/json").sending(json);
    }

    static Request post(byte[] json) {
        return of("POST", MESSAGES).with("Content-Type: application/json").sending(json);
    }

    Request with(String header) {
        return new Request(head + header + "\r\n", body, hangsUp);
    }

    /** With this body, and its length. Apostrophes stand for quotes. */
    Request sending(String json) {
        return sending(json.replace('\'', '"').getBytes(UTF_8));
    }

    Request sending(byte[] content) {
        return with("Content-Length: " + content.length).followedBy(content);
    }

    /** With these bytes behind the head, and no header that says so. */
    Request followedBy(byte[] content) {
        return new Request(head, content, hangsUp);
    }

    Request followedBy(String content) {
        return followedBy(content.replace('\'', '"').getBytes(UTF_8));
    }

    Request thenHangingUp() {
        return new Request(head, body, true);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** Is answered with success. */
    Case gets(int status) {
        return new Case(this, status, null, List.of(), List.of(), List.of(), Case.Afterwards.USABLE);
    }

    /** Is answered with this problem. */
    Case isRefused(ProblemCode problem, String remedy) {
        return new Case(this, problem.status(), problem, List.of(), List.of(remedy), List.of(), Case.Afterwards.USABLE);
    }

    /**
     * Is answered with a violation.
     *
     * @param place a JSON pointer, {@code body}, {@code ?parameter} or {@code Header:}
     */
    Case breaks(String place, String remedy) {
        return new Case(
                this,
                400,
                ProblemCode.INVALID_REQUEST,
                List.of(place),
                List.of(remedy),
                List.of(),
                Case.Afterwards.USABLE);
    }

    /** Is answered with a status alone, by the parser of HTTP, and the connection is closed. */
    Case isCutOff(int status) {
        return new Case(this, status, null, List.of(), List.of(), List.of(), Case.Afterwards.CLOSED);
    }

    /** Is not answered: the connection is closed. */
    Case isDropped() {
        return isCutOff(Case.NO_ANSWER);
    }

    @Override
    public String toString() {
        String text = head.replaceFirst(" HTTP/1.1\r\nHost: api\r\n", "\r\n")
                .replaceAll("Content-(Type: application/json|Length: \\d+)\r\n", "")
                .replace("\r\n", " ")
                .concat(new String(body, 0, Math.min(body.length, MAX_NAME_CHARACTERS), UTF_8))
                .replaceAll("[^\\x20-\\x7E]", "?");
        return text.length() <= MAX_NAME_CHARACTERS ? text : text.substring(0, MAX_NAME_CHARACTERS) + "...";
    }
}
