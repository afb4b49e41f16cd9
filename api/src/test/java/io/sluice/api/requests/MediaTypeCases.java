package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static io.sluice.api.requests.Request.GOOD_BODY;
import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.post;

import java.util.stream.Stream;

/** Media types, charsets and content codings: RFC 9110, sections 8.3 and 8.4. */
final class MediaTypeCases {

    private static final String CLOUD_EVENT =
            "{'specversion':'1.0','id':'1','source':'/here','type':'a','time':null,'data':{'a':1}}";

    private MediaTypeCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                of("application/json").gets(202),
                of("APPLICATION/Json").gets(202),
                of("application/json;charset=utf-8").gets(202),
                of("application/json; Charset=\"UTF-8\"").gets(202),
                of("application/json;").gets(202),
                of("application/json; profile=\"a;b\"; v=1").gets(202),
                of("application/json; charset=utf-8; v=1").gets(202),
                of("application/x-ndjson").gets(202),
                of("Application/X-NDJSON; charset=utf-8").gets(202),
                of("application/x-ndjson").with("Content-Encoding: identity").gets(202),
                of("application/x-ndjson").with("Idempotency-Key: k").breaks("Idempotency-Key:", "give each an id"),
                of("application/x-ndjson").with("ce-id: 1").breaks("ce-id:", "must not be sent with many events"),
                areCoded(of("application/x-ndjson").with("Content-Encoding: br")),
                areCoded(of("application/x-ndjson").with("Content-Encoding: gzip, gzip")),
                isUnsupported(of("application/x-ndjson; charset=utf-16")),
                isUnsupported(headers()),
                isUnsupported(of("")),
                isUnsupported(of(";")),
                isUnsupported(of("json")),
                isUnsupported(of("*/*")),
                isUnsupported(of("application/*")),
                isUnsupported(of("application/")),
                isUnsupported(of("application/json/json")),
                isUnsupported(of("application/json, application/json")),
                isUnsupported(of("application/json\u00FF")),
                isUnsupported(of("application/json;charset")),
                isUnsupported(of("application/json;charset=")),
                isUnsupported(of("application/json;charset=\"utf-8")),
                isUnsupported(of("application/json;charset=utf-16")),
                isUnsupported(of("application/json;charset=iso-8859-1")),
                isUnsupported(of("application/json;charset=utf-8;charset=utf-16")),
                isUnsupported(of("application/json" + "; ".repeat(2000) + "!")),
                bare("application/cloudevents+json").sending(CLOUD_EVENT).gets(202),
                bare("Application/CloudEvents+JSON; charset=utf-8")
                        .sending(CLOUD_EVENT)
                        .gets(202),
                bare("application/cloudevents+json")
                        .with("ce-id: 1")
                        .sending(CLOUD_EVENT)
                        .gets(202),
                bare("application/cloudevents-batch+json")
                        .sending("[" + CLOUD_EVENT + ",{}]")
                        .gets(202),
                bare("application/cloudevents-batch+json").sending("[]").gets(202),
                bare("application/cloudevents-batch+json").sending(CLOUD_EVENT).breaks("body", "JSON array"),
                of("application/cloudevents+json")
                        .breaks("/payload", "is not kept")
                        .and("/specversion", "must be 1.0")
                        .and("/id", "is missing")
                        .and("/source", "is missing")
                        .and("/type", "is missing"),
                bare("application/cloudevents+json")
                        .sending(
                                "{'specversion':'1.0','id':1,'source':'','type':'a','data_base64':'','data':1,'data':2}")
                        .breaks("/id", "must be a string")
                        .and("/data_base64", "is not taken")
                        .and("/data", "stands twice")
                        .and("/id", "is missing")
                        .and("/source", "must not be empty"),
                bare("application/cloudevents+json")
                        .sending("{'specversion':'1.0','id':'1','source':'s','type':'a','datacontenttype':'text/xml'}")
                        .breaks("/datacontenttype", "must be application/json"),
                bare("application/cloudevents+json").sending("[]").breaks("body", "must be one JSON object"),
                isUnsupported(of("application/cloudevents+xml")),
                isUnsupported(of("application/cloudevents+json;charset=utf-16")),
                isCoded(of("application/cloudevents+json").with("Content-Encoding: gzip")),
                isUnsupported(of("application/vnd.api+json")),
                isUnsupported(of("application/merge-patch+json")),
                isUnsupported(of("text/json")),
                isUnsupported(of("text/plain")),
                isUnsupported(of("application/x-www-form-urlencoded")),
                isUnsupported(of("multipart/form-data; boundary=x")),
                isUnsupported(headers("Content-Type: application/json", "Content-Type: text/plain")),
                isUnsupported(headers("Content-Type: text/plain", "Content-Type: application/json")),
                isUnsupported(headers("Content-Type: application/json", "Content-Type: application/json")),
                coded("identity").gets(202),
                coded("Identity, identity").gets(202),
                coded("").gets(202),
                isCoded(coded("gzip")),
                isCoded(coded("GZIP")),
                isCoded(coded("br")),
                isCoded(coded("utf-8")),
                isCoded(coded("identity, gzip")),
                isCoded(coded("identity").with("Content-Encoding: gzip")));
    }

    private static Request of(String contentType) {
        return headers("Content-Type: " + contentType);
    }

    private static Request bare(String contentType) {
        return Request.of("POST", MESSAGES).with("Content-Type: " + contentType);
    }

    private static Request headers(String... headers) {
        Request request = Request.of("POST", MESSAGES);
        for (String header : headers) {
            request = request.with(header);
        }
        return request.sending(GOOD_BODY);
    }

    private static Request coded(String contentEncoding) {
        return post(GOOD_BODY).with("Content-Encoding: " + contentEncoding);
    }

    private static Case isUnsupported(Request request) {
        return request.isRefused(
                        UNSUPPORTED_MEDIA_TYPE, "Send JSON in UTF-8, with one header Content-Type: application/json.")
                .and("Accept: application/json")
                .and("Accept-Encoding: ");
    }

    private static Case areCoded(Request request) {
        return request.isRefused(UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, or compressed once")
                .and("Accept-Encoding: gzip, identity")
                .and("Accept: ");
    }

    private static Case isCoded(Request request) {
        return request.isRefused(UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without a Content-Encoding.")
                .and("Accept-Encoding: identity")
                .and("Accept: ");
    }
}
