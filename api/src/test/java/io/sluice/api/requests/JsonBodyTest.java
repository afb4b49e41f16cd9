package io.sluice.api.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON bodies that are checked by their constraints, as {@link ThingsResource} takes them. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class JsonBodyTest {

    @TestHTTPResource
    URI api;

    private static Request post(String json) {
        return Request.of("POST", "/test/things")
                .with("Content-Type: application/json")
                .sending(json);
    }

    private Answer exchange(Request request) throws IOException {
        try (Connection connection = new Connection(api)) {
            return connection.exchange(request);
        }
    }

    @Test
    void aGoodBodyIsTakenAsItWasSent() throws IOException {
        Answer answer =
                exchange(post("{'title':'é','priority':5,'done':true,'color':'RED','due':'2026-11-27T23:00:00Z',"
                        + "'tags':['a','b'],'owner':{'name':''},'watchers':[{'name':'b'}]}"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(new JsonObject(answer.text()).getString("title")).isEqualTo("é");
        assertThat(exchange(post("{'title':'a'}")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                         | /title            | is missing",
                "{'title':null}                             | /title            | is missing",
                "{'title':' '}                              | /title            | white space alone",
                "{'title':'12345678901'}                    | /title            | must have 0 to 10",
                "{'title':1}                                | /title            | must be a string",
                "{'title':true}                             | /title            | must be a string",
                "{'title':['a']}                            | /title            | must be a string",
                "{'title':'a','priority':0}                 | /priority         | must be greater than or equal to 1",
                "{'title':'a','priority':6}                 | /priority         | must be less than or equal to 5",
                "{'title':'a','priority':'1'}               | /priority         | must be a whole number",
                "{'title':'a','priority':1.5}               | /priority         | must be a whole number",
                "{'title':'a','priority':99999999999}       | /priority         | to 2147483647",
                "{'title':'a','done':'true'}                | /done             | must be true or false",
                "{'title':'a','done':1}                     | /done             | must be true or false",
                "{'title':'a','color':'BLUE'}               | /color            | must be one of RED, GREEN",
                "{'title':'a','color':0}                    | /color            | must be one of RED, GREEN",
                "{'title':'a','due':'tomorrow'}             | /due              | must be a time in UTC, as in",
                "{'title':'a','tags':'a'}                   | /tags             | must be an array",
                "{'title':'a','tags':['a','b','c']}         | /tags             | must have 0 to 2",
                "{'title':'a','tags':['a','toolong']}       | /tags/1           | must have 0 to 5",
                "{'title':'a','tags':[1]}                   | /tags/0           | must be a string",
                "{'title':'a','owner':'b'}                  | /owner            | must be an object",
                "{'title':'a','owner':{}}                   | /owner/name       | is missing",
                "{'title':'a','watchers':[{'name':'b'},{}]} | /watchers/1/name  | is missing",
                "{'title':'a','Title':'b'}                  | /Title            | is unknown; known are",
                "{'title':'a','a/b~c':'b'}                  | /a~1b~0c          | is unknown; known are",
                "{'title':'a','\\ud83d\\ude00':1}          | /😀              | is unknown; known are",
                "{'title':'a','\\ud83d':1}                | /?                | is unknown; known are",
                "{'title':'a','owner':{'name':'b','x':[{}]}} | /owner/x         | is unknown; known are name",
                "{'title':'a','title':'b'}                  | /title            | stands twice",
                "{'title':'a','owner':{'name':'b','name':'c'}} | /owner/name    | stands twice",
            })
    void eachViolationIsToldWithItsPlaceAndRemedy(String json, String pointer, String remedy) throws IOException {
        Answer answer = exchange(post(json));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        Map<String, String> violations = violations(answer);
        assertThat(violations).containsOnlyKeys(pointer);
        assertThat(violations.get(pointer)).contains(remedy);
    }

    @Test
    void allViolationsAreToldAtOnce() throws IOException {
        Answer answer = exchange(post("{'x':1,'priority':0,'tags':['toolong'],'y':2}"));

        assertThat(violations(answer)).containsOnlyKeys("/x", "/y", "/priority", "/tags/0", "/title");
        assertThat(answer.text()).contains("The request breaks 5 rules; see violations.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "1", "{'title':'a'", "{'title':'a'}{}", "{title:'a'}", "\ufeff{'title':'a'}"})
    void whatIsNoJsonObjectIsToldAsSuch(String body) throws IOException {
        Answer answer = exchange(post(body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(violations(answer)).containsOnlyKeys("");
        assertThat(violations(answer).get("")).startsWith("must be one JSON object in UTF-8");
    }

    @Test
    void aBodyThatIsTooLargeOrOfAnotherTypeIsRefused() throws IOException {
        Answer tooLarge = exchange(post("{'title':'" + "a".repeat(ThingsResource.MAX_BYTES) + "'}"));
        Answer text = exchange(Request.of("POST", "/test/things")
                .with("Content-Type: text/plain")
                .sending("{'title':'a'}"));

        assertThat(new JsonObject(tooLarge.text()).getString("code")).isEqualTo(ProblemCode.CONTENT_TOO_LARGE.code());
        assertThat(new JsonObject(tooLarge.text()).getString("detail"))
                .isEqualTo("The body may have at most 1000 bytes; send a smaller one.");
        assertThat(new JsonObject(text.text()).getString("code")).isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE.code());
    }

    /** Details by their pointers. */
    private static Map<String, String> violations(Answer answer) {
        JsonArray violations = new JsonObject(answer.text()).getJsonArray("violations");
        Map<String, String> details = new LinkedHashMap<>();
        violations.forEach(violation -> {
            JsonObject told = (JsonObject) violation;
            details.put(told.getString("pointer"), told.getString("detail"));
        });
        assertThat(details).hasSize(violations.size());
        return details;
    }
}
