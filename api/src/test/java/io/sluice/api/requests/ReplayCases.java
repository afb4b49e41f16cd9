package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.CONTENT_TOO_LARGE;
import static io.sluice.api.http.problems.ProblemCode.METHOD_NOT_ALLOWED;
import static io.sluice.api.http.problems.ProblemCode.NOT_ACCEPTABLE;
import static io.sluice.api.http.problems.ProblemCode.NOT_FOUND;
import static io.sluice.api.http.problems.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static io.sluice.api.requests.Request.get;

import java.util.stream.Stream;

/** Requests for replays; the rows of what is ordered stay, and no consumer works on them. */
final class ReplayCases {

    private static final String REPLAYS = "/api/v1/replays";
    private static final String MISSING = REPLAYS + "/019b7ca9-8f2e-7d42-9b6a-000000000000";
    private static final String JSON = "Content-Type: application/json";
    private static final String NOTHING =
            "must have since, key or both; for all events, give a since from before the first was stored";
    private static final String TIME = "must be a time of RFC 3339, as in 2026-11-28T03:04:05Z";

    private ReplayCases() {}

    static Stream<Case> cases() {
        return Stream.of(orders(), bodies(), lists(), ones(), methods()).flatMap(cases -> cases);
    }

    private static Stream<Case> orders() {
        return Stream.of(
                order("{'key':'nobody'}").gets(202),
                order("{'since':'9999-12-31T23:59:59Z'}").gets(202),
                order("{'since':'2026-01-02T03:04:05.1234567+01:00','until':null,'key':null,'type':'nothing'}")
                        .gets(202),
                order("{}").breaks("body", NOTHING),
                order("{'type':'a','until':'2026-01-02T00:00:00Z'}").breaks("body", NOTHING),
                order("{'since':null}").breaks("body", NOTHING),
                order("{'since':'yesterday'}").breaks("/since", TIME),
                order("{'since':'2026-01-02'}").breaks("/since", TIME),
                order("{'since':'2026-01-02T24:00:00Z'}").breaks("/since", TIME),
                order("{'since':''}").breaks("/since", TIME),
                order("{'since':1767322800}").breaks("/since", "must be a string"),
                order("{'key':'a','until':'2026-02-31T00:00:00Z'}").breaks("/until", TIME),
                order("{'since':'2026-01-02T00:00:00Z','until':'2026-01-02T00:00:00.0000009Z'}")
                        .breaks("/until", "must be later than since"),
                order("{'key':''}").breaks("/key", "must not be empty; leave it out instead"),
                order("{'key':'" + "k".repeat(257) + "'}")
                        .breaks("/key", "must have at most 256 bytes in UTF-8, but has 257"),
                order("{'key':'\\u0000'}").breaks("/key", "must not contain control characters, but has U+0000"),
                order("{'key':'\\ud83d'}").breaks("/key", "must not contain half of a surrogate pair"),
                order("{'key':'a','type':''}").breaks("/type", "must not be empty"),
                order("{'key':['a']}").breaks("/key", "must be a string"),
                order("{'key':'nobody','handler':'task-activity'}").gets(202),
                order("{'key':'nobody','handler':null}").gets(202),
                order("{'key':'a','handler':'image-statistics'}")
                        .breaks("/handler", "must be one of task-activity; leave it out for the topic"),
                order("{'key':'a','handler':''}").breaks("/handler", "must be one of task-activity"),
                order("{'key':'a','handler':7}").breaks("/handler", "must be a string"),
                order("{'key':'a','topic':'orders'}").breaks("/topic", "is unknown; known are"),
                order("{'since':'x','until':'y','key':'','type':''}")
                        .breaks("/since", TIME)
                        .and("/until", TIME)
                        .and("/key", "must not be empty")
                        .and("/type", "must not be empty"));
    }

    private static Stream<Case> bodies() {
        return Stream.of(
                order("").breaks("body", "must be one JSON object"),
                order("[]").breaks("body", "must be one JSON object"),
                order("{'key':'a'").breaks("body", "must be one JSON object"),
                order("{'key':'a','key':'b'}").breaks("/key", "stands twice"),
                Request.of("POST", REPLAYS)
                        .with(JSON)
                        .with("Idempotency-Key: a\tb")
                        .sending("{'key':'a'}")
                        .breaks("Idempotency-Key:", "printable"),
                Request.of("POST", REPLAYS + "?dry=1")
                        .with(JSON)
                        .sending("{'key':'a'}")
                        .breaks("?dry", "is unknown; there are no parameters here"),
                Request.of("POST", REPLAYS)
                        .sending("{'key':'a'}")
                        .isRefused(UNSUPPORTED_MEDIA_TYPE, "application/json"),
                Request.of("POST", REPLAYS)
                        .with(JSON)
                        .with("Content-Length: 16385")
                        .isRefused(CONTENT_TOO_LARGE, "at most 16384 bytes")
                        .andIsUnfinished());
    }

    private static Stream<Case> lists() {
        String statuses = "must be one of queued, running, done, failed, cancelled";
        return Stream.of(
                get(REPLAYS).gets(200),
                get(REPLAYS + "/?limit=1&status=queued&since=2026-01-02T00:00:00Z")
                        .gets(200),
                get(REPLAYS + "?status=waiting").breaks("?status", statuses),
                get(REPLAYS + "?status=").breaks("?status", statuses),
                get(REPLAYS + "?since=today").breaks("?since", "must be a time"),
                get(REPLAYS + "?limit=0").breaks("?limit", "must be a whole number from 1 to 100"),
                get(REPLAYS + "?limit=101").breaks("?limit", "must be a whole number from 1 to 100"),
                get(REPLAYS + "?cursor=x").breaks("?cursor", "must be the cursor of a page"),
                get(REPLAYS + "?key=a").breaks("?key", "is unknown; known are status, since, limit, cursor"),
                get(REPLAYS).with("Accept: text/html").isRefused(NOT_ACCEPTABLE, "accept that or */*"));
    }

    private static Stream<Case> ones() {
        String id = "must be the id of a replay";
        return Stream.of(
                get(MISSING).isRefused(NOT_FOUND, "You have no replay of this id"),
                get(MISSING + "?wait=1").breaks("?wait", "there are no parameters here"),
                get(REPLAYS + "/42").breaks("?id", id),
                get(REPLAYS + "/%00").breaks("?id", id),
                Request.of("HEAD", MISSING).isRefused(NOT_FOUND, ""),
                Request.of("POST", MISSING + "/cancel").isRefused(NOT_FOUND, "You have no replay of this id"),
                Request.of("POST", MISSING + "/cancel?now=1").breaks("?now", "there are no parameters here"),
                Request.of("POST", REPLAYS + "/42/cancel").breaks("?id", id),
                Request.of("POST", MISSING + "/resume").isRefused(NOT_FOUND, "nothing at this path"));
    }

    private static Stream<Case> methods() {
        return Stream.of(
                allows(REPLAYS, "GET, HEAD, OPTIONS, POST"),
                allows(MISSING, "GET, HEAD, OPTIONS"),
                allows(MISSING + "/cancel", "OPTIONS, POST"),
                refuses("DELETE", REPLAYS, "GET, HEAD, OPTIONS, POST"),
                refuses("DELETE", MISSING, "GET, HEAD, OPTIONS"),
                refuses("GET", MISSING + "/cancel", "OPTIONS, POST"));
    }

    private static Request order(String json) {
        return Request.of("POST", REPLAYS).with(JSON).sending(json);
    }

    private static Case allows(String path, String methods) {
        return Request.of("OPTIONS", path).gets(204).and("Allow: " + methods);
    }

    private static Case refuses(String method, String path, String methods) {
        return Request.of(method, path)
                .isRefused(METHOD_NOT_ALLOWED, "Use a method of this path: " + methods + ".")
                .and("Allow: " + methods);
    }
}
