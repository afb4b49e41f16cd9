package io.sluice.api.chat;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.ModelAnswer.Ending;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave while a language model writes their answer. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
class WrittenChatClientsTest {

    private static final String EVENTS = "text/event-stream";

    private final ChatDocuments documents;
    private final MeterRegistry registry;
    private LanguageModelServer model;
    private AnsweringWorker worker;

    @TestHTTPResource
    URI api;

    WrittenChatClientsTest(ChatDocuments documents, MeterRegistry registry) {
        this.documents = documents;
        this.registry = registry;
    }

    @BeforeEach
    void store() {
        documents.storeAnew();
        worker.answers(documents.ranking("lexical"));
        model.then(ModelAnswer.text("One may take 4 g [1]."));
        ChatTest.ask(WrittenChatTest.QUESTION).body("mode", is("generative"));
        model.requests().clear();
    }

    private double cancelled(String mode) {
        return registry.get("sluice.api.chat.answers")
                .tag("mode", mode)
                .tag("outcome", "cancelled")
                .counter()
                .count();
    }

    @Test
    void whoLeavesDuringAStreamLeavesTheProviderToo() throws IOException {
        // Given
        model.then(ModelAnswer.stream(Ending.OPEN, "Adults take 4 g [1]. ", "But "));
        int before = model.clientsThatLeft();
        double counted = cancelled("generative");

        // When
        try (LeavingClient client = new LeavingClient(api, EVENTS, WrittenChatTest.QUESTION)) {
            client.readTo("event: delta");
        }

        // Then
        await().until(() -> model.clientsThatLeft() == before + 1);
        await().until(() -> cancelled("generative") == counted + 1);
    }

    @Test
    void whoCancelsAnAnswerIsToldInItsStreamAndLeavesTheProvider() throws IOException {
        // Given
        model.then(ModelAnswer.stream(Ending.OPEN, "Adults take 4 g [1]. ", "But "));
        int before = model.clientsThatLeft();
        double counted = cancelled("generative");

        try (LeavingClient client = new LeavingClient(api, EVENTS, WrittenChatTest.QUESTION)) {
            String id = client.readTo("answerId").replaceFirst(".*\"answerId\":\"([^\"]+)\".*", "$1");
            client.readTo("event: delta");

            // When
            given().delete("/api/v1/chat/answers/" + id).then().statusCode(204);

            // Then
            client.readTo("event: error");
            assertThat(client.readTo("data:")).contains("\"code\":\"answer-cancelled\"", "\"status\":409");
            given().delete("/api/v1/chat/answers/" + id)
                    .then()
                    .statusCode(404)
                    .body("detail", containsString("no other replica could be told"));
        }
        await().until(() -> model.clientsThatLeft() == before + 1);
        await().until(() -> cancelled("generative") == counted + 1);
        given().delete("/api/v1/chat/answers/x").then().statusCode(400).body("code", is("invalid-request"));
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENTS, "application/json"})
    void whoLeavesBeforeTheAnswerLeavesTheProviderToo(String mediaType) throws IOException {
        // Given
        model.then(ModelAnswer.stream(Ending.OPEN, "Adults take 4 g. "));
        int before = model.clientsThatLeft();
        double counted = cancelled("none");

        // When
        LeavingClient client = new LeavingClient(api, mediaType, WrittenChatTest.QUESTION);
        await().until(() -> model.requests().size() == 1);
        client.close();

        // Then
        await().until(() -> model.clientsThatLeft() == before + 1);
        await().until(() -> cancelled("none") == counted + 1);
    }
}
