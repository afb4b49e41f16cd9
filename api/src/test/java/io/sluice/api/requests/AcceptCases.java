package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.NOT_ACCEPTABLE;
import static io.sluice.api.http.problems.ProblemCode.NOT_FOUND;
import static io.sluice.api.requests.Request.GOOD_BODY;
import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;
import static io.sluice.api.requests.Request.post;

import java.util.stream.Stream;

/** The header Accept: RFC 9110, section 12.5.1. */
final class AcceptCases {

    private static final String REMEDY = "This path answers with application/json; accept that or */*.";

    private static final String REMEDY_OF_LISTS =
            "This path answers with application/json, application/x-ndjson; accept one of them or */*.";

    private AcceptCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                        Stream.of(
                                        "application/json",
                                        "APPLICATION/JSON",
                                        "application/*",
                                        "*/*",
                                        "",
                                        "text/html, application/json;q=0.1",
                                        "text/html, */*;q=0.001",
                                        "application/json, */*;q=0",
                                        "application/json;q=0.5, application/*;q=0",
                                        "text/html;q=0, */*",
                                        "application/json;charset=utf-8",
                                        "application/json;q=2",
                                        "application/json;q=x",
                                        "application/json, , text/plain",
                                        ", application/json",
                                        ",")
                                .map(accept -> list(accept).gets(200)),
                        Stream.of(
                                        "text/plain",
                                        "application/xml",
                                        "text/event-stream",
                                        "application/problem+json",
                                        "application/json;q=0",
                                        "application/json; Q=0.000",
                                        "application/*;q=0, */*;q=1",
                                        "*/*;q=0",
                                        "text/html, */*;q=0.0",
                                        "text/html, text/plain",
                                        "garbage",
                                        "application",
                                        "/",
                                        "application/json/x",
                                        ";q=1")
                                .map(accept -> list(accept).isRefused(NOT_ACCEPTABLE, REMEDY_OF_LISTS)),
                        Stream.of(
                                list("text/plain")
                                        .with("Accept: application/json")
                                        .gets(200),
                                list("text/plain").with("Accept: text/html").isRefused(NOT_ACCEPTABLE, REMEDY_OF_LISTS),
                                list("text/*").with("Accept: */*;q=0").isRefused(NOT_ACCEPTABLE, REMEDY_OF_LISTS),
                                post(GOOD_BODY).with("Accept: text/plain").isRefused(NOT_ACCEPTABLE, REMEDY_OF_LISTS),
                                post(GOOD_BODY).with("Accept: */*;q=0").isRefused(NOT_ACCEPTABLE, REMEDY),
                                get(MESSAGES + "/" + PreferCases.STORED)
                                        .with("Accept: image/png")
                                        .isRefused(NOT_ACCEPTABLE, REMEDY),
                                get(MESSAGES + "?limit=0")
                                        .with("Accept: text/html")
                                        .isRefused(NOT_ACCEPTABLE, REMEDY_OF_LISTS),
                                get("/nope").with("Accept: text/html").isRefused(NOT_FOUND, "nothing at this path"),
                                get("/health").with("Accept: text/html").gets(200),
                                list("application/json;q=0, */*").breaks("?limit", "is for pages"),
                                list("application/x-ndjson")
                                        .breaks("?limit", "is for pages, and lines come all; leave it out"),
                                ChatCases.post("{\"question\":\"How much?\"}")
                                        .with("Accept:")
                                        .gets(200),
                                ChatCases.post("{\"question\":\"How much?\"}")
                                        .with("Accept: ,")
                                        .gets(200),
                                list("*/*").with("Accept-Charset: utf-16").gets(200),
                                list("*/*")
                                        .with("Accept-Encoding: identity;q=0")
                                        .gets(200),
                                list("*/*").with("Accept-Language: tlh").gets(200)))
                .flatMap(cases -> cases);
    }

    private static Request list(String accept) {
        return get(MESSAGES + "?limit=1").with("Accept: " + accept);
    }
}
