package io.sluice.api.requests;

import io.sluice.api.http.problems.ProblemCode;
import java.util.stream.Stream;

/** Requests in OpenAI's form; of violations, the place is the first one's as those clients write it. */
final class OpenAiCases {

    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String JSON = "Content-Type: application/json";
    private static final String USER = "{'role':'user','content':'paracetamol'}";
    private static final String NO_TOOLS = "is not supported: answers come from the documents";

    private OpenAiCases() {}

    static Stream<Case> cases() {
        return Stream.of(taken(), members(), messages(), frames(), paths()).flatMap(cases -> cases);
    }

    private static Stream<Case> taken() {
        return Stream.of(
                ask(USER, "").gets(200),
                ask(USER, ",'stream':null,'n':1,'tools':[],'stop':['a'],'temperature':2,'top_p':1,'user':'u','seed':1")
                        .gets(200),
                ask(USER, ",'max_tokens':1,'response_format':{'type':'text'},'modalities':['text'],'logit_bias':{}")
                        .gets(200),
                ask(USER, ",'stream':false,'stream_options':{'include_usage':true,'include_obfuscation':false}")
                        .gets(200),
                ask(USER, "").with("Accept: text/event-stream").gets(200),
                ask(USER, ",'logit_bias':{'\\ud83d\\ude00':1,'\\ud83d':1,'\\ude00\\ud83d':1}")
                        .gets(200),
                ask(
                                "{'role':'system','content':'a'},{'role':'assistant','content':null,'name':'b'},"
                                        + "{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}",
                                "")
                        .gets(200),
                ask(
                                "{'role':'user','content':'a\\u0000'},{'role':'assistant','content':'b'},"
                                        + "{'role':'user','content':'and for children?'}",
                                "")
                        .gets(200),
                ask(USER + ("," + USER).repeat(499), "").gets(200));
    }

    private static Stream<Case> members() {
        return Stream.of(
                post("{}").breaks("messages", "messages is missing; model is missing."),
                post("{'model':'sluice'}").breaks("messages", "is missing"),
                post("{'model':'gpt-5','messages':[" + USER + "]}")
                        .isRefused(ProblemCode.NOT_FOUND, "The model does not exist; the only one is sluice.")
                        .and("model", "model_not_found"),
                post("{'model':1,'messages':[" + USER + "]}").breaks("model", "must be a string"),
                ask(USER, ",'stream':'true'").breaks("stream", "must be true or false"),
                ask(USER, ",'n':2").breaks("n", "must be 1, or left out"),
                ask(USER, ",'n':0").breaks("n", "must be 1, or left out"),
                ask(USER, ",'tools':[{'type':'function'}]").breaks("tools", NO_TOOLS),
                ask(USER, ",'functions':[{}]").breaks("functions", NO_TOOLS),
                ask(USER, ",'response_format':{'type':'json_object'}")
                        .breaks("response_format.type", "must be one of text"),
                ask(USER, ",'modalities':['text','audio']").breaks("modalities[1]", "must be one of text"),
                ask(USER, ",'logprobs':true").breaks("logprobs", "is not supported"),
                ask(USER, ",'documents':['1']").breaks("documents[0]", "must be a UUID"));
    }

    private static Stream<Case> messages() {
        return Stream.of(
                ask("", "").breaks("messages", "must have 1 to 500"),
                ask("null", "").breaks("messages[0]", "is missing"),
                ask(USER + ("," + USER).repeat(500), "").breaks("messages", "must have 1 to 500"),
                ask("{'role':'system','content':'a'}", "").breaks("messages", "must have one of the role user"),
                ask("{'role':'tool','content':'a'}", "")
                        .breaks("messages[0].role", "must be one of system, developer, user, assistant"),
                ask("{'content':'a'}", "").breaks("messages[0].role", "is missing"),
                ask("{'role':'user'}", "").breaks("messages[0].content", "is missing, or has white space alone"),
                ask("{'role':'user','content':1}", "").breaks("messages[0].content", "must be a text, or an array"),
                ask("{'role':'user','content':{}}", "").breaks("messages[0].content", "must be a text, or an array"),
                ask("{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{}}]}", "")
                        .breaks("messages[0].content[1]", "must be a part of the type text"),
                ask(USER + ",{'role':'user','content':'" + "a".repeat(2_001) + "'}", "")
                        .breaks("messages[1].content", "must have at most 2000 characters"),
                ask("{'role':'user','content':'a\\u0000'}", "")
                        .breaks("messages[0].content", "must have no control characters"));
    }

    private static Stream<Case> frames() {
        return Stream.of(
                post("{'model':'sluice'").breaks("body", "must be one JSON object"),
                post("[]").breaks("body", "must be one JSON object"),
                ask(USER, "").with("Accept: text/html").isRefused(ProblemCode.NOT_ACCEPTABLE, "event-stream"),
                Request.of("POST", COMPLETIONS)
                        .sending("{}")
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "application/json"),
                Request.of("POST", COMPLETIONS)
                        .with(JSON)
                        .with("Content-Length: 262145")
                        .isRefused(ProblemCode.CONTENT_TOO_LARGE, "at most 262144 bytes")
                        .andIsUnfinished(),
                Request.of("POST", COMPLETIONS + "?q=a")
                        .with(JSON)
                        .sending("{}")
                        .breaks("q", "is unknown; there are no parameters here"));
    }

    private static Stream<Case> paths() {
        return Stream.of(
                Request.get("/v1/models").gets(200),
                Request.get("/v1/models/sluice").gets(200),
                Request.of("HEAD", "/v1/models").gets(200),
                Request.get("/v1/models?limit=1").breaks("limit", "is unknown"),
                Request.get("/v1/models/gpt-5")
                        .isRefused(ProblemCode.NOT_FOUND, "the only one is sluice.")
                        .and("model", "model_not_found"),
                Request.get(COMPLETIONS).isRefused(ProblemCode.METHOD_NOT_ALLOWED, "OPTIONS, POST"),
                Request.of("DELETE", "/v1/models/sluice").isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD"),
                Request.of("POST", "/v1/embeddings").isRefused(ProblemCode.NOT_FOUND, "not_found"),
                Request.get("//v1/chat;a=b/%63ompletion").isRefused(ProblemCode.NOT_FOUND, "not_found"),
                Request.get("/v1").isRefused(ProblemCode.NOT_FOUND, "not_found"),
                Request.get("/v1/models/" + "a".repeat(9_000)).isRefused(ProblemCode.URI_TOO_LONG, "shorten them"));
    }

    private static Request ask(String messages, String members) {
        return post("{'model':'sluice','messages':[" + messages + "]" + members + "}");
    }

    private static Request post(String json) {
        return Request.of("POST", COMPLETIONS).with(JSON).sending(json);
    }
}
