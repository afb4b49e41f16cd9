package io.sluice.api.requests;

import io.sluice.api.http.problems.ProblemCode;
import java.util.Collections;
import java.util.stream.Stream;

/** Searches. */
final class SearchCases {

    private static final String SEARCH = "/api/v1/search";
    private static final String JSON = "Content-Type: application/json";
    private static final String ID = "'019b7ca9-8f2e-7d42-9b6a-000000000000'";
    private static final String LINES = "must have no control characters but tab and line breaks";

    private SearchCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                post("{'query':'paracetamol'}").gets(200),
                post("{'query':'of the'}").gets(200),
                post("{'query':'\\' | & ! <-> :* \\\\ \\t\\r\\n','limit':null,'documents':null}")
                        .gets(200),
                post("{'query':'" + "😀".repeat(2_000) + "','limit':50,'documents':["
                                + String.join(",", Collections.nCopies(100, ID)) + "]}")
                        .gets(200),
                post("{}").breaks("/query", "is missing"),
                post("{'query':' '}").breaks("/query", "is missing, or has white space alone"),
                post("{'query':1}").breaks("/query", "must be a string"),
                post("{'query':'" + "a".repeat(2_001) + "'}").breaks("/query", "must have at most 2000 characters"),
                post("{'query':'a\\u0000b'}").breaks("/query", LINES),
                post("{'query':'a\\ud83d'}").breaks("/query", "no half of a surrogate pair"),
                post("{'query':'a','limit':0}").breaks("/limit", "must be between 1 and 50"),
                post("{'query':'a','limit':51}").breaks("/limit", "must be between 1 and 50"),
                post("{'query':'a','limit':'5'}").breaks("/limit", "must be a whole number"),
                post("{'query':'a','documents':[]}").breaks("/documents", "must have 1 to 100"),
                post("{'query':'a','documents':[" + String.join(",", Collections.nCopies(101, ID)) + "]}")
                        .breaks("/documents", "must have 1 to 100"),
                post("{'query':'a','documents':[" + ID + ",null]}").breaks("/documents/1", "is missing"),
                post("{'query':'a','documents':['1']}").breaks("/documents/0", "must be a UUID"),
                post("{'query':'a','owner':'b'}").breaks("/owner", "is unknown; known are query, limit, documents"),
                post("{'query':'a'").breaks("body", "must be one JSON object"),
                Request.of("POST", SEARCH)
                        .sending("{'query':'a'}")
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "application/json"),
                Request.of("POST", SEARCH)
                        .with(JSON)
                        .with("Content-Length: 40000")
                        .isRefused(ProblemCode.CONTENT_TOO_LARGE, "at most 32768 bytes")
                        .andIsUnfinished(),
                Request.of("POST", SEARCH + "?q=a")
                        .with(JSON)
                        .sending("{'query':'a'}")
                        .breaks("?q", "is unknown; there are no parameters here"),
                Request.get(SEARCH).isRefused(ProblemCode.METHOD_NOT_ALLOWED, "OPTIONS, POST"));
    }

    private static Request post(String json) {
        return Request.of("POST", SEARCH).with(JSON).sending(json);
    }
}
