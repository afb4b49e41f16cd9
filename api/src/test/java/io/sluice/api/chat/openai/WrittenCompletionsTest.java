package io.sluice.api.chat.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.api.chat.ChatDocuments;
import io.sluice.api.chat.ModelAndWorker;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.ModelAnswer.Ending;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Completions that a language model writes, or does not. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
class WrittenCompletionsTest {

    private static final String QUESTION = "How much paracetamol may adults take?";

    private final ChatDocuments documents;
    private LanguageModelServer model;
    private AnsweringWorker worker;

    WrittenCompletionsTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        documents.storeAnew();
        worker.answers(documents.ranking("lexical"));
        // A provider that failed before is asked again after it has answered.
        model.then(ModelAnswer.text("One may take 4 g [1]."));
        complete(false, user(QUESTION)).then().body("mode", is("generative"));
        model.requests().clear();
    }

    private static Map<String, String> user(String text) {
        return Map.of("role", "user", "content", text);
    }

    private static Response complete(boolean streams, Object... messages) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("model", "sluice", "stream", streams, "messages", List.of(messages)))
                .post("/v1/chat/completions");
    }

    @Test
    void whatTheModelWritesIsTheContent() {
        model.then(ModelAnswer.text("Adults take 4 g [1]."));

        complete(false, user(QUESTION))
                .then()
                .statusCode(200)
                .body("choices[0].message.content", is("Adults take 4 g [1]."))
                .body("choices[0].finish_reason", is("stop"))
                .body("mode", is("generative"))
                .body("fallback", nullValue())
                .body("sources.number", contains(1));
    }

    @Test
    void earlierMessagesAreGivenToTheModelAndSearchedForWithTheQuestion() {
        model.then(ModelAnswer.text("15 mg/kg [1]."));

        complete(
                        false,
                        user(QUESTION),
                        Map.of("role", "assistant", "content", "Adults take 4 g."),
                        user("And for children?"))
                .then()
                .statusCode(200)
                .body("mode", is("generative"));

        assertThat(model.requests().get(0).body()).contains(QUESTION, "Adults take 4 g.", ChatDocuments.CHILDREN);
    }

    @Test
    void anAnswerThatIsAsLongAsItMayBeEndsByItsLength() {
        model.then(ModelAnswer.text("Adults take 4 g [1]. But").because("length"));

        complete(false, user(QUESTION)).then().body("choices[0].finish_reason", is("length"));
        assertThat(complete(true, user(QUESTION)).asString()).contains("\"finish_reason\":\"length\"");
    }

    @Test
    void anAnswerThatIsBrokenOffIsAnErrorInAStreamAndQuotedElsewhere() {
        model.then(ModelAnswer.stream(Ending.CUT, "Adults take 4 g [1]. ", "But"));

        assertThat(complete(true, user(QUESTION)).asString())
                .contains("\"code\":\"answer_interrupted\"")
                .doesNotContain("[DONE]");
        complete(false, user(QUESTION))
                .then()
                .statusCode(200)
                .body("choices[0].message.content", startsWith("Doses: “" + ChatDocuments.ADULTS + "” [1]"))
                .body("mode", is("extractive"))
                .body("fallback", is("unavailable"));
    }
}
