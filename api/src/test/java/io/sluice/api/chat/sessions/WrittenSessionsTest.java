package io.sluice.api.chat.sessions;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.chat.ChatDocuments;
import io.sluice.api.chat.ModelAndWorker;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.SluiceServers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose answers a language model writes. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
class WrittenSessionsTest {

    private final ChatDocuments documents;
    private LanguageModelServer model;
    private AnsweringWorker worker;
    private UUID paracetamol;

    WrittenSessionsTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        documents.execute("delete from chat_sessions");
        paracetamol = documents.storeAnew();
        worker.answers(documents.ranking("hybrid"));
    }

    private static ValidatableResponse ask(String accepted) {
        return given().contentType(ContentType.JSON)
                .accept(accepted)
                .body(Map.of("question", "How much paracetamol may adults take?"))
                .post("/api/v1/chat")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse read() {
        String session = given().get("/api/v1/chat/sessions").then().extract().path("items[0].id");
        return given().get("/api/v1/chat/sessions/" + session).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void anAnswerGoesWithADocumentThatItWasMadeOfAndDoesNotCite(String accepted) {
        // Given
        model.then(ModelAnswer.text("Adults take 4 g [1]."));
        ask(accepted);
        read().body("turns[0].answer", is("Adults take 4 g [1].")).body("turns[0].sources.number", contains(1));

        // When
        documents.execute("delete from documents where id <> ?", paracetamol);

        // Then
        read().body("turns[0].answer", nullValue()).body("turns[0].sources.number", contains(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void anAnswerThatThereIsNoneStays(String accepted) {
        // Given
        model.then(ModelAnswer.text("Not found in the documents."));
        ask(accepted);

        // When
        documents.execute("delete from documents");

        // Then
        read().body("turns[0].answer", is("Not found in the documents.")).body("turns[0].sources", empty());
    }
}
