package io.sluice.api.requests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.api.http.problems.ProblemCode;
import java.util.stream.Stream;

/** Requests for documents. */
final class DocumentCases {

    private static final String DOCUMENTS = "/api/v1/documents";
    private static final String DOCUMENT = DOCUMENTS + "/019b7ca9-8f2e-7d42-9b6a-000000000000";
    private static final String FORM = "Content-Type: multipart/form-data; boundary=B";

    private DocumentCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                Request.get(DOCUMENTS).gets(200),
                isEmpty(Request.of("POST", DOCUMENTS)),
                isNone(Request.of("POST", DOCUMENTS).sending("hello")),
                isNone(Request.of("POST", DOCUMENTS)
                        .with("Content-Type: application/pdf")
                        .sending("hello")),
                isNone(Request.of("POST", DOCUMENTS + "?name=letter.pdf").sending("hello")),
                isNone(Request.of("POST", DOCUMENTS + "?name=letter.docx").sending("hello")),
                isNone(Request.of("POST", DOCUMENTS)
                        .with("Content-Type: text/plain")
                        .sending("\0\1\2")),
                isEmpty(Request.of("POST", DOCUMENTS)
                        .with("Content-Type: text/plain")
                        .sending("")),
                isNone(Request.of("POST", DOCUMENTS).with(FORM).sending(form("file", "../../letter"))),
                Request.of("POST", DOCUMENTS)
                        .with(FORM)
                        .sending(form("document", "letter.txt"))
                        .breaks("/file", "send the bytes as a part of this name"),
                isEncoded(Request.of("POST", DOCUMENTS)),
                isEncoded(Request.of("PUT", DOCUMENT)),
                Request.of("POST", DOCUMENTS)
                        .with("Content-Length: 26214401")
                        .isRefused(ProblemCode.CONTENT_TOO_LARGE, "at most 26214400 bytes")
                        .andIsUnfinished(),
                Request.of("POST", DOCUMENTS + "?x=1").breaks("?x", "is unknown; known are name, visibility"),
                Request.of("POST", DOCUMENTS + "?visibility=public")
                        .breaks("?visibility", "must be one of private, shared"),
                Request.of("PUT", DOCUMENT)
                        .with("Content-Type: text/plain")
                        .sending("hello")
                        .isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.of("PUT", DOCUMENT).sending("hello").isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.of("PUT", DOCUMENT + "?visibility=shared").breaks("?visibility", "is unknown; known are name"),
                Request.of("PUT", DOCUMENT).with("If-Match: 3").breaks("If-Match:", "must be * or entity tags"),
                patch("{'visibility':'shared'}").isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.of("PATCH", DOCUMENT)
                        .with("Content-Type: application/json")
                        .sending("{}")
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "merge-patch+json"),
                Request.get(DOCUMENT).isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.get(DOCUMENT).with("Prefer: wait=5").isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.get(DOCUMENTS + "/1").breaks("?id", "must be the id of a document"),
                Request.get(DOCUMENT + "?x=1").breaks("?x", "is unknown"),
                Request.get(DOCUMENT + "/content").isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.get(DOCUMENT + "/content")
                        .with("If-None-Match: 3")
                        .breaks("If-None-Match:", "must be * or entity tags"),
                Request.get(DOCUMENT + "/content")
                        .with("Accept: image/png")
                        .isRefused(
                                ProblemCode.NOT_ACCEPTABLE,
                                "application/pdf, text/plain, text/markdown, text/html; accept one of them or */*."),
                Request.get(DOCUMENT + "/passages").isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.get(DOCUMENT + "/passages?after=-1").breaks("?after", "must be a whole number from 0"),
                Request.get(DOCUMENT + "/passages?limit=501").breaks("?limit", "from 1 to 500"),
                Request.of("DELETE", DOCUMENT).isRefused(ProblemCode.NOT_FOUND, "no document of this id"),
                Request.of("DELETE", DOCUMENT).with("If-Match: 3").breaks("If-Match:", "must be * or entity tags"),
                Request.of("POST", DOCUMENT + "/content")
                        .isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"),
                Request.get(DOCUMENTS + "?status=done")
                        .breaks("?status", "must be one of queued, running, ready, failed"),
                Request.get(DOCUMENTS + "?since=yesterday").breaks("?since", "must be a time"),
                Request.get(DOCUMENTS + "?limit=101").breaks("?limit", "from 1 to 100"),
                Request.get(DOCUMENTS + "?cursor=x").breaks("?cursor", "must be the cursor"));
    }

    private static Case isEncoded(Request request) {
        return request.with("Content-Type: text/plain")
                .with("Content-Encoding: gzip")
                .sending("hello")
                .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "without a Content-Encoding")
                .and("Accept-Encoding: identity");
    }

    private static Case isEmpty(Request request) {
        return request.isRefused(ProblemCode.INVALID_REQUEST, "is empty");
    }

    private static Case isNone(Request request) {
        return request.isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be a PDF, or a text")
                .and("Accept: application/pdf, text/markdown, text/html, text/plain");
    }

    private static Request patch(String json) {
        return Request.of("PATCH", DOCUMENT)
                .with("Content-Type: application/merge-patch+json")
                .sending(json);
    }

    private static byte[] form(String name, String file) {
        return "--B\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\nhello\r\n--B--\r\n"
                .formatted(name, file)
                .getBytes(ISO_8859_1);
    }
}
