package io.sluice.api.requests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.api.http.problems.ProblemCode;
import java.util.stream.Stream;

/** Requests for images, beside what can be wrong with an image: {@code ImageHeaderTest} has that. */
final class ImageCases {

    private static final String IMAGES = "/api/v1/images";
    private static final String IMAGE = IMAGES + "/019b7ca9-8f2e-7d42-9b6a-000000000000";
    private static final String FORM = "Content-Type: multipart/form-data; boundary=B";
    private static final byte[] PNG_WITHOUT_END = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(ISO_8859_1);

    private ImageCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                Request.get(IMAGES).gets(200),
                isNone(Request.of("POST", IMAGES)),
                isNone(Request.of("POST", IMAGES).sending("GIF89a")),
                isNone(Request.of("POST", IMAGES)
                        .with("Content-Type: image/png")
                        .sending("{}")),
                isNone(Request.of("POST", IMAGES).with(FORM).sending(form("file", "hello"))),
                Request.of("POST", IMAGES)
                        .with("Content-Type: text/plain")
                        .sending(PNG_WITHOUT_END)
                        .isRefused(ProblemCode.IMAGE_REFUSED, "The image ends early"),
                Request.of("POST", IMAGES)
                        .with(FORM)
                        .sending(form("image", "hello"))
                        .breaks("/file", "send the bytes as a part of this name"),
                Request.of("POST", IMAGES)
                        .with("Content-Type: multipart/form-data; boundary=")
                        .sending(form("file", "hello"))
                        .isRefused(ProblemCode.INVALID_REQUEST, "or the bytes alone as the body"),
                Request.of("POST", IMAGES)
                        .with("Content-Encoding: gzip")
                        .sending(PNG_WITHOUT_END)
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "without a Content-Encoding")
                        .and("Accept-Encoding: identity"),
                Request.of("POST", IMAGES)
                        .with("Content-Length: 10485761")
                        .isRefused(ProblemCode.CONTENT_TOO_LARGE, "at most 10485760 bytes")
                        .andIsUnfinished(),
                Request.of("POST", IMAGES + "?x=1").breaks("?x", "is unknown"),
                Request.get(IMAGE).isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                Request.get(IMAGES + "/1").breaks("?id", "must be the id of an image"),
                Request.get(IMAGE + "?x=1").breaks("?x", "is unknown"),
                Request.get(IMAGE + "/content").isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                Request.get(IMAGE + "/content")
                        .with("If-None-Match: 3")
                        .breaks("If-None-Match:", "must be * or entity tags"),
                isNotAcceptable(
                        "/content", "application/json", "image/png, image/jpeg, image/webp; accept one of them"),
                isNotAcceptable("/content", "image/*;q=0", "image/png, image/jpeg, image/webp; accept one of them"),
                isNotAcceptable("/overlay.png", "image/jpeg", "image/png; accept that"),
                isNotAcceptable("/mask.png", "*/*;q=0", "image/png; accept that"),
                isNotAcceptable("/objects", "image/png", "application/json; accept that"),
                Request.get(IMAGE + "/content")
                        .with("Accept: image/webp, image/*;q=0.5")
                        .isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                Request.get(IMAGE + "/overlay.png?x=1").breaks("?x", "is unknown"),
                Request.get(IMAGE + "/objects?bbox_format=x").breaks("?bbox_format", "must be one of xywh, xyxy"),
                Request.get(IMAGE + "/objects?after=0").breaks("?after", "must be the id of an object"),
                Request.get(IMAGE + "/objects/0").breaks("?object", "must be the id of an object"),
                Request.of("POST", IMAGE + "/detections").isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                Request.of("POST", IMAGE + "/detections?detector=x").breaks("?detector", "is unknown"),
                order("{'detector':'kserve'}").isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                order("{'detector':null}").isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                order("{}").isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                order("{'detector':'yolo'}").breaks("/detector", "must be one of builtin, kserve"),
                order("{'detector':1}").breaks("/detector", "must be one of builtin, kserve"),
                order("{'detector':''}").breaks("/detector", "must be one of builtin, kserve"),
                order("{'model':'circles'}").breaks("/model", "is unknown"),
                order("['kserve']").breaks("body", "must be one JSON object"),
                order("{'detector':'" + "k".repeat(1024) + "'}")
                        .isRefused(ProblemCode.CONTENT_TOO_LARGE, "at most 1024 bytes"),
                Request.of("POST", IMAGE + "/detections")
                        .with("Content-Type: text/plain")
                        .sending("kserve")
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send JSON in UTF-8"),
                Request.of("DELETE", IMAGE).isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                Request.get(IMAGE).with("Prefer: wait=5").isRefused(ProblemCode.NOT_FOUND, "no image of this id"),
                Request.of("POST", IMAGE + "/content").isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"),
                Request.of("PUT", IMAGES).isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS, POST"),
                Request.get(IMAGES + "?status=lost").breaks("?status", "must be one of queued, running, done, failed"),
                Request.get(IMAGES + "?since=yesterday").breaks("?since", "must be a time"),
                Request.get(IMAGES + "?since=2026-02-30T00:00:00Z").breaks("?since", "must be a time"),
                Request.get(IMAGES + "?since=2026-11-28T00:00:00+01:00").breaks("?since", "written as %2B"),
                Request.get(IMAGES + "?since=2026-11-28T00:00:00%2B01:00").gets(200),
                Request.get(IMAGES + "?since=9293-05-24T05:10:51.123456789-23:59")
                        .gets(200),
                Request.get(IMAGES + "?since=0000-01-01t00:00:00z").gets(200),
                Request.get(IMAGES + "?since=2026-11-28T00:00:00-24:00").breaks("?since", "must be a time"),
                Request.get(IMAGES + "?since=2026-11-28T00:00:00-01:60").breaks("?since", "must be a time"),
                Request.get(IMAGES + "?limit=101").breaks("?limit", "from 1 to 100"),
                Request.get(IMAGES + "/statistics").gets(200),
                Request.get(IMAGES + "/statistics/?days=366").gets(200),
                Request.get(IMAGES + "/statistics?days=0").breaks("?days", "whole number from 1 to 366"),
                Request.get(IMAGES + "/statistics?days=1&days=2").breaks("?days", "must be given once"),
                Request.get(IMAGES + "/statistics?since=2026-11-28").breaks("?since", "is unknown; known are days"),
                Request.of("DELETE", IMAGES + "/statistics")
                        .isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"),
                Request.get(IMAGES + "/statistics/content").isRefused(ProblemCode.NOT_FOUND, "nothing at this path"),
                Request.get(IMAGES + "?cursor=x").breaks("?cursor", "must be the cursor"));
    }

    private static Case isNone(Request request) {
        return request.isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "must be a PNG, JPEG or WebP image")
                .and("Accept: image/png, image/jpeg, image/webp");
    }

    private static Case isNotAcceptable(String path, String accept, String remedy) {
        return Request.get(IMAGE + path)
                .with("Accept: " + accept)
                .isRefused(ProblemCode.NOT_ACCEPTABLE, "This path answers with " + remedy + " or */*.");
    }

    private static Request order(String json) {
        return Request.of("POST", IMAGE + "/detections")
                .with("Content-Type: application/json")
                .sending(json);
    }

    private static byte[] form(String name, String content) {
        return "--B\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"../../x\"\r\n\r\n%s\r\n--B--\r\n"
                .formatted(name, content)
                .getBytes(ISO_8859_1);
    }
}
