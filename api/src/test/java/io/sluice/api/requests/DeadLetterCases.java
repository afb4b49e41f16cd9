package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.METHOD_NOT_ALLOWED;
import static io.sluice.api.http.problems.ProblemCode.NOT_ACCEPTABLE;
import static io.sluice.api.http.problems.ProblemCode.NOT_FOUND;
import static io.sluice.api.http.problems.ProblemCode.NOT_REDRIVABLE;
import static io.sluice.api.requests.Request.get;

import java.util.UUID;
import java.util.stream.Stream;

/** Requests for dead letters. */
final class DeadLetterCases {

    static final UUID STORED = UUID.fromString("e59789f8-dc69-50f0-9520-a6b5c0006ce1");

    static final UUID RESOLVED = UUID.fromString("e59789f8-dc69-50f0-9520-a6b5c0006ce3");

    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String MISSING = LETTERS + "/e59789f8-dc69-50f0-9520-a6b5c0006ce2";
    private static final String READ = "GET, HEAD, OPTIONS";

    private DeadLetterCases() {}

    static Stream<Case> cases() {
        return Stream.of(filters(), cursors(), ids(), methods(), redrives(), resolutions())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> filters() {
        String states = "must be one of open, redriven, resolved";
        String reasons = "must be one of undecodable, too-large, idempotency-conflict, rejected-by-database, foreign";
        return Stream.of(
                list("limit=1").gets(200),
                get(LETTERS + "/?limit=1").gets(200),
                list("limit=1&state=open&reason=foreign&type=t&key=k&subject=s").gets(200),
                list("state=resolved").gets(200),
                list("state=").breaks("?state", states),
                list("state=OPEN").breaks("?state", states),
                list("state=closed").breaks("?state", states),
                list("reason=Undecodable").breaks("?reason", reasons),
                list("reason=undecodable,foreign").breaks("?reason", reasons),
                list("type=").breaks("?type", "must not be empty; leave it out instead"),
                list("type=" + "t".repeat(257)).breaks("?type", "at most 256 bytes in UTF-8, but has 257"),
                list("key=%00").breaks("?key", "must not contain control characters, but has U+0000"),
                list("subject=%0A").breaks("?subject", "must not contain control characters"),
                list("subject=%FF").breaks("?subject", "must be percent-encoded UTF-8"),
                list("limit=0").breaks("?limit", "must be a whole number from 1 to 500"),
                list("limit=501").breaks("?limit", "must be a whole number from 1 to 500"),
                list("state=open&state=open").breaks("?state", "must be given once"),
                list("topic=messages")
                        .breaks("?topic", "is unknown; known are state, reason, type, key, subject, limit, cursor"),
                list("stat=open&state=x&reason=y&key=&limit=x")
                        .breaks("?stat", "is unknown")
                        .and("?state", states)
                        .and("?reason", reasons)
                        .and("?key", "must not be empty")
                        .and("?limit", "must be a whole number"));
    }

    private static Stream<Case> cursors() {
        return Stream.of(
                list("cursor=").breaks("?cursor", "must be the cursor of a page, as it was given"),
                list("cursor=x").breaks("?cursor", "must be the cursor of a page, as it was given"),
                // Of the list of messages.
                list("cursor=AQAGR172V081AAAAAAAAACorpsodUEKpjQ&key=order-42&subject=orders")
                        .breaks(
                                "?cursor",
                                "belongs to a list with another state, reason, type, key or subject; begin that list"
                                        + " anew"));
    }

    private static Stream<Case> ids() {
        return Stream.concat(
                Stream.of(
                        get(LETTERS + "/" + STORED).gets(200),
                        get(LETTERS + "/E59789F8-dc69-50f0-9520-A6B5C0006CE1").gets(200),
                        get(MISSING).isRefused(NOT_FOUND, "There is no dead letter of this id."),
                        get(LETTERS + "/00000000-0000-0000-0000-000000000000").isRefused(NOT_FOUND, "no dead letter"),
                        get(LETTERS + "/" + STORED + "?as=new").breaks("?as", "there are no parameters here"),
                        get(LETTERS + "/42?a=b")
                                .breaks("?a", "is unknown")
                                .and("?id", "must be the id of a dead letter"),
                        get(LETTERS + "/" + STORED + "/record").isRefused(NOT_FOUND, "nothing at this path")),
                Stream.of(
                                "42",
                                "1-1-1-1-1",
                                "%00",
                                "%20" + STORED,
                                "{" + STORED + "}",
                                STORED.toString().replace("-", ""))
                        .map(id -> get(LETTERS + "/" + id)
                                .breaks("?id", "must be the id of a dead letter: a UUID, as the list has it")));
    }

    private static Stream<Case> methods() {
        return Stream.of(
                allows(LETTERS, READ),
                allows(LETTERS + "/" + STORED, READ),
                refuses("POST", LETTERS, READ),
                refuses("DELETE", LETTERS, READ),
                refuses("PUT", LETTERS + "/" + STORED, READ),
                refuses("POST", LETTERS + "/" + STORED, READ),
                Request.of("HEAD", LETTERS).gets(200),
                Request.of("HEAD", LETTERS + "/" + STORED).gets(200),
                get(LETTERS).with("Accept: text/html").isRefused(NOT_ACCEPTABLE, "accept that or */*"));
    }

    private static Stream<Case> redrives() {
        String known = "is unknown; known are state, reason, type, key, subject, as, limit, cursor";
        return Stream.of(
                post("/redrive?subject=nobody").gets(200),
                post("/redrive?reason=foreign&as=new&limit=1&key=nobody").gets(200),
                post("/redrive?key=nobody&state=redriven").gets(200),
                post("/redrive?key=nobody").sending("{'a':").gets(200),
                post("/redrive").breaks("?reason", "must be given, or type, key or subject"),
                post("/redrive?state=open&as=new&limit=1").breaks("?reason", "must be given, or type, key or subject"),
                post("/redrive?reason=all&as=new").breaks("?reason", "must be one of undecodable"),
                post("/redrive?key=k&state=resolved")
                        .breaks("?state", "must be open or redriven; what is resolved stays so"),
                post("/redrive?key=k&as=old").breaks("?as", "must be new, or left out"),
                post("/redrive?key=k&as=").breaks("?as", "must be new, or left out"),
                post("/redrive?reason=undecodable")
                        .breaks(
                                "?as",
                                "what failed for the reason undecodable can only be redriven as a new event: add"
                                        + " as=new"),
                post("/redrive?reason=rejected-by-database&as=new")
                        .breaks(
                                "?as",
                                "what failed for the reason rejected-by-database is redriven as it is: leave as=new"
                                        + " out"),
                post("/redrive?key=k&limit=501").breaks("?limit", "must be a whole number from 1 to 500"),
                post("/redrive?key=k&cursor=x").breaks("?cursor", "must be the cursor of a page"),
                post("/redrive?id=1&key=k").breaks("?id", known),
                get(LETTERS + "/redrive").isRefused(METHOD_NOT_ALLOWED, "Use a method of this path: OPTIONS, POST."),
                allows(LETTERS + "/redrive", "OPTIONS, POST"),
                post("/" + STORED + "/redrive?as=new").gets(202),
                post("/" + STORED + "/redrive?as=new").sending("[").gets(202),
                post("/" + STORED + "/redrive")
                        .isRefused(NOT_REDRIVABLE, "can only be redriven as a new event: add as=new"),
                post("/" + STORED + "/redrive?as=New").breaks("?as", "must be new, or left out"),
                post("/" + STORED + "/redrive?as=new&as=new").breaks("?as", "must be given once"),
                post("/" + STORED + "/redrive?reason=foreign").breaks("?reason", "is unknown; known are as"),
                post("/42/redrive?as=x").breaks("?as", "must be new").and("?id", "must be the id of a dead letter"),
                Request.of("POST", MISSING + "/redrive").isRefused(NOT_FOUND, "There is no dead letter of this id."),
                refuses("GET", LETTERS + "/" + STORED + "/redrive", "OPTIONS, POST"),
                allows(LETTERS + "/" + STORED + "/redrive", "OPTIONS, POST"));
    }

    private static Stream<Case> resolutions() {
        return Stream.of(
                post("/" + RESOLVED + "/resolve").gets(200),
                post("/" + RESOLVED + "/resolve")
                        .with("Content-Type: text/plain")
                        .gets(200),
                post("/" + STORED + "/resolve?note=x").breaks("?note", "is unknown; there are no parameters here"),
                post("/42/resolve").breaks("?id", "must be the id of a dead letter"),
                Request.of("POST", MISSING + "/resolve").isRefused(NOT_FOUND, "There is no dead letter of this id."),
                post("/resolve").isRefused(METHOD_NOT_ALLOWED, "Use a method of this path: " + READ + "."),
                refuses("DELETE", LETTERS + "/" + STORED + "/resolve", "OPTIONS, POST"),
                allows(LETTERS + "/" + STORED + "/resolve", "OPTIONS, POST"));
    }

    private static Request post(String pathAndQuery) {
        return Request.of("POST", LETTERS + pathAndQuery);
    }

    private static Case allows(String path, String methods) {
        return Request.of("OPTIONS", path).gets(204).and("Allow: " + methods);
    }

    private static Case refuses(String method, String path, String methods) {
        return Request.of(method, path)
                .isRefused(METHOD_NOT_ALLOWED, "Use a method of this path: " + methods + ".")
                .and("Allow: " + methods);
    }

    private static Request list(String query) {
        return get(LETTERS + "?" + query);
    }
}
