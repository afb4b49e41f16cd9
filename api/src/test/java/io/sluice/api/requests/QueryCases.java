package io.sluice.api.requests;

import static io.sluice.api.requests.Request.GOOD_BODY;
import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The parameters of a query: RFC 3986, section 3.4, and what the list makes of them. */
final class QueryCases {

    private static final String WHOLE_NUMBER = "must be a whole number from 1 to 500";
    private static final String ENCODED = "must be percent-encoded UTF-8, with two hexadecimal digits behind each %";
    private static final String KNOWN = "is unknown; known are key, type, subject, since, until, order, limit, cursor";

    private QueryCases() {}

    static Stream<Case> cases() {
        return Stream.of(limits(), attributes(), times(), orders(), names(), encodings())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> limits() {
        return Stream.concat(
                Stream.of("1", "500", "007", "%31")
                        .map(limit -> list("limit=" + limit).gets(200)),
                Stream.of(
                                "",
                                "0",
                                "-1",
                                "501",
                                "abc",
                                "1e2",
                                "1.0",
                                "0x1",
                                "+5",
                                "%2B5",
                                "%205",
                                "5%20",
                                "5,6",
                                "2147483648",
                                "4294967297",
                                "99999999999999999999",
                                "%D9%A1",
                                "null",
                                "5#x")
                        .map(limit -> list("limit=" + limit).breaks("?limit", WHOLE_NUMBER)));
    }

    private static Stream<Case> attributes() {
        return Stream.of("key", "type", "subject")
                .flatMap(name -> Stream.of(
                        list(name + "=" + "k".repeat(256)).gets(200),
                        list(name + "=" + "%C3%A4".repeat(128)).gets(200),
                        list(name + "=a+b%2Fc=d;e").gets(200),
                        list(name + "=%F0%9F%98%80").gets(200),
                        list(name + "={a}|[b]^`\"<>\\").gets(200),
                        list(name + "=" + "k".repeat(257))
                                .breaks("?" + name, "at most 256 bytes in UTF-8, but has 257"),
                        list(name + "=" + "%C3%A4".repeat(129)).breaks("?" + name, "at most 256 bytes"),
                        list(name + "=").breaks("?" + name, "must not be empty; leave it out instead"),
                        list(name).breaks("?" + name, "must not be empty"),
                        list(name + "=%00").breaks("?" + name, "must not contain control characters, but has U+0000"),
                        list(name + "=a%0Ab").breaks("?" + name, "must not contain control characters, but has U+000A"),
                        list(name + "=%C2%85").breaks("?" + name, "must not contain control characters")));
    }

    private static Stream<Case> times() {
        return Stream.concat(
                Stream.of("since", "until")
                        .flatMap(name -> Stream.concat(
                                Stream.of(
                                                "2026-01-02T03:04:05Z",
                                                "2026-01-02t03:04:05.123456789z",
                                                "2026-01-02T03:04:05%2B23:59",
                                                "0000-01-01T00:00:00%2B23:59",
                                                "9999-12-31T23:59:59-23:59")
                                        .map(time -> list(name + "=" + time).gets(200)),
                                Stream.of(
                                                "",
                                                "now",
                                                "2026-01-02",
                                                "2026-01-02T03:04:05",
                                                "2026-01-02T03:04:05+01:00",
                                                "2026-02-30T03:04:05Z",
                                                "2026-01-02T24:04:05Z",
                                                "%2B10000-01-01T00:00:00Z",
                                                "1767322800")
                                        .map(time -> list(name + "=" + time)
                                                .breaks("?" + name, "must be a time of RFC 3339")))),
                Stream.of(
                        list("since=2026-01-02T03:04:05Z&until=2026-01-02T03:04:05Z")
                                .breaks("?until", "must be later than since"),
                        list("since=9999-12-31T23:59:59Z&order=asc").gets(200),
                        list("until=0000-01-01T00:00:00Z&order=asc").gets(200)));
    }

    private static Stream<Case> orders() {
        return Stream.concat(
                Stream.of("asc", "desc").map(order -> list("order=" + order).gets(200)),
                Stream.of("", "ASC", "up", "asc,desc")
                        .map(order -> list("order=" + order).breaks("?order", "must be asc or desc")));
    }

    private static Stream<Case> names() {
        return Stream.of(
                list("").gets(200),
                list("&").gets(200),
                list("&&limit=1&").gets(200),
                list("%6Cimit=1").gets(200),
                list("subjet=x").breaks("?subjet", KNOWN),
                list("LIMIT=1").breaks("?LIMIT", KNOWN),
                list("key[]=1").breaks("?key[]", KNOWN),
                list("offset=10").breaks("?offset", KNOWN),
                list("=x").breaks("?", KNOWN),
                list("%20key=x").breaks("? key", KNOWN),
                list("%3Cscript%3E=1").breaks("?<script>", KNOWN),
                list("a%26b=1").breaks("?a&b", KNOWN),
                list("n".repeat(3000) + "=1").breaks("?" + "n".repeat(100) + "…", KNOWN),
                list("limit=1&limit=1").breaks("?limit", "must be given once"),
                list("key=a&key=b").breaks("?key", "must be given once"),
                list("key=a&k%65y=b").breaks("?key", "must be given once"),
                list("cursor=&cursor=").breaks("?cursor", "must be given once"),
                list("limit=0&key=&sort=asc&subject=a&subject=b")
                        .breaks("?sort", KNOWN)
                        .and("?subject", "must be given once")
                        .and("?key", "must not be empty")
                        .and("?limit", WHOLE_NUMBER),
                unknown(100),
                get(MESSAGES + "/" + PreferCases.STORED + "?wait=5").breaks("?wait", "there are no parameters here"),
                get(MESSAGES + "/42?a=b").breaks("?a", "is unknown").and("?id", "must be the id of an event"),
                post("dryRun=true").breaks("?dryRun", "is unknown; there are no parameters here"),
                post("").gets(202));
    }

    private static Stream<Case> encodings() {
        return Stream.concat(
                Stream.of(
                                "%",
                                "%z",
                                "%zz",
                                "%4",
                                "%4z",
                                "%u0041",
                                "a%",
                                "%FF",
                                "%C3",
                                "%C0%80",
                                "%E0%80%80",
                                "%ED%A0%80",
                                "%F4%90%80%80",
                                "%80",
                                "\u00FF",
                                "\u00C3\u00A4",
                                "a\u0001",
                                "a\u007F")
                        .map(text -> list("key=" + text).breaks("?key", ENCODED)),
                Stream.of(
                        list("%FF=1").breaks("?%FF", ENCODED),
                        list("limit=%zz&key=%FF&subject=a")
                                .breaks("?limit", ENCODED)
                                .and("?key", ENCODED),
                        get("/health?%zz").breaks("?%zz", ENCODED),
                        get("/nope?a=%FF").breaks("?a", ENCODED),
                        post("a=%FF").breaks("?a", ENCODED)));
    }

    private static Case unknown(int count) {
        StringBuilder query = new StringBuilder();
        IntStream.range(0, count).forEach(i -> query.append("&p").append(i).append("=1"));
        Case line =
                list(query.toString()).breaks("?p0", "breaks " + count + " rules; see violations for the first 20.");
        for (int i = 1; i < 20; i++) {
            line = line.and("?p" + i, KNOWN);
        }
        return line;
    }

    private static Request list(String query) {
        return get(MESSAGES + "?" + query);
    }

    private static Request post(String query) {
        return Request.of("POST", MESSAGES + "?" + query)
                .with("Content-Type: application/json")
                .sending(GOOD_BODY);
    }
}
