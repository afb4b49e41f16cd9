package io.sluice.api.requests;

import io.sluice.api.http.problems.ProblemCode;
import java.util.Collections;
import java.util.stream.Stream;

/** Questions. */
final class ChatCases {

    private static final String CHAT = "/api/v1/chat";
    private static final String SESSIONS = CHAT + "/sessions";
    private static final String SESSION = SESSIONS + "/019b7ca9-8f2e-7d42-9b6a-000000000000";
    private static final String JSON = "Content-Type: application/json";
    private static final String ID = "'019b7ca9-8f2e-7d42-9b6a-000000000000'";
    private static final String LINES = "must have no control characters but tab and line breaks";

    private ChatCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                post("{'question':'paracetamol'}").gets(200),
                post("{'question':'of the','documents':null}").gets(200),
                post("{'question':'\\' | & ! <-> :* \\\\ \\t\\r\\n'}").gets(200),
                post("{'question':'" + "😀".repeat(2_000) + "','documents':["
                                + String.join(",", Collections.nCopies(100, ID)) + "]}")
                        .gets(200),
                post("{'question':'a'}")
                        .with("Accept: text/html")
                        .isRefused(ProblemCode.NOT_ACCEPTABLE, "event-stream"),
                post("{}").with("Accept: text/event-stream").breaks("/question", "is missing"),
                post("{}").breaks("/question", "is missing"),
                post("{'question':' '}").breaks("/question", "is missing, or has white space alone"),
                post("{'question':1}").breaks("/question", "must be a string"),
                post("{'question':'" + "a".repeat(2_001) + "'}")
                        .breaks("/question", "must have at most 2000 characters"),
                post("{'question':'a\\u0000b'}").breaks("/question", LINES),
                post("{'question':'a\\ud83d'}").breaks("/question", "no half of a surrogate pair"),
                post("{'question':'a','documents':[]}").breaks("/documents", "must have 1 to 100"),
                post("{'question':'a','documents':[" + ID + ",null]}").breaks("/documents/1", "is missing"),
                post("{'question':'a','documents':['1']}").breaks("/documents/0", "must be a UUID"),
                post("{'question':'a','model':'b'}").breaks("/model", "is unknown; known are"),
                post("{'question':'a','sessionId':'1'}").breaks("/sessionId", "must be a UUID"),
                post("{'question':'a','sessionId':" + ID + "}")
                        .isRefused(ProblemCode.NOT_FOUND, "You have no session of this id"),
                Request.get(SESSIONS + "?limit=2").gets(200),
                Request.get(SESSIONS + "?limit=101").breaks("?limit", "from 1 to 100"),
                Request.get(SESSIONS + "?cursor=x").breaks("?cursor", "must be the cursor"),
                Request.get(SESSIONS + "?status=new").breaks("?status", "is unknown; known are limit, cursor"),
                Request.get(SESSIONS + "/1").breaks("?id", "must be the id of a session"),
                Request.get(SESSION).isRefused(ProblemCode.NOT_FOUND, "You have no session of this id"),
                Request.get(SESSION + "?x=1").breaks("?x", "is unknown; there are no parameters here"),
                Request.of("DELETE", SESSION).isRefused(ProblemCode.NOT_FOUND, "You have no session of this id"),
                post("{'question':'a'").breaks("body", "must be one JSON object"),
                Request.of("POST", CHAT)
                        .sending("{'question':'a'}")
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "application/json"),
                Request.of("POST", CHAT)
                        .with(JSON)
                        .with("Content-Length: 40000")
                        .isRefused(ProblemCode.CONTENT_TOO_LARGE, "at most 32768 bytes")
                        .andIsUnfinished(),
                Request.of("POST", CHAT + "?q=a")
                        .with(JSON)
                        .sending("{'question':'a'}")
                        .breaks("?q", "is unknown; there are no parameters here"),
                Request.get(CHAT).isRefused(ProblemCode.METHOD_NOT_ALLOWED, "OPTIONS, POST"));
    }

    static Request post(String json) {
        return Request.of("POST", CHAT).with(JSON).sending(json);
    }
}
