package io.sluice.api.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that a language model writes. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
class WrittenChatTest {

    static final String QUESTION = "How much paracetamol may adults take?";

    private final ChatDocuments documents;
    private LanguageModelServer model;
    private AnsweringWorker worker;
    private UUID paracetamol;

    WrittenChatTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        paracetamol = documents.storeAnew();
        worker.answers(documents.ranking("lexical"));
        // A provider that failed before is asked again after it has answered.
        model.then(ModelAnswer.text("One may take 4 g [1]."));
        ask(QUESTION).body("mode", is("generative"));
        model.requests().clear();
    }

    private static ValidatableResponse ask(String question) {
        return ChatTest.ask(question);
    }

    @Test
    void aWholeAnswerHasTheSourcesThatItCites() {
        // Given
        model.then(ModelAnswer.text(
                "Children take ", "15 mg/kg ", "[", "2", "]", ", see [this](https://evil.example) [9]."));

        // When, Then
        ask("How much paracetamol may children take?")
                .body("answer", is("Children take 15 mg/kg [2], see this ."))
                .body("found", is(true))
                .body("mode", is("generative"))
                .body("fallback", nullValue())
                .body("truncated", nullValue())
                .body("sources.number", contains(2))
                .body("sources[0].documentId", is(paracetamol.toString()))
                .body("sources[0].quote", is(ChatDocuments.CHILDREN));
        assertThat(model.requests()).hasSize(1);
        assertThat(model.requests().get(0).body())
                .contains(
                        ChatDocuments.ADULTS,
                        ChatDocuments.CHILDREN,
                        "Question: How much paracetamol may children take?")
                .doesNotContain("\"tools\"");
    }

    @Test
    void aStreamedAnswerBeginsWithAllSourcesAndEndsWithThoseThatItCites() throws IOException {
        // Given
        model.then(ModelAnswer.text("Adults take ", "4 g at most [", "1].", " Children", " less [2]."));

        // When
        StreamedAnswer answer = StreamedAnswer.to(QUESTION);

        // Then
        assertThat(answer.sources().name()).isEqualTo("sources");
        assertThat(answer.sources().data().path("mode").textValue()).isEqualTo("generative");
        assertThat(answer.sources().data().path("sources")).hasSizeGreaterThan(2);
        assertThat(answer.sources().data().at("/sources/1/quote").textValue()).isEqualTo(ChatDocuments.CHILDREN);
        assertThat(answer.text()).isEqualTo("Adults take 4 g at most [1]. Children less [2].");
        assertThat(answer.events().stream().filter(event -> event.name().equals("delta")))
                .hasSizeGreaterThan(1);
        assertThat(answer.last().name()).isEqualTo("done");
        assertThat(answer.last().data().toString())
                .startsWith("{\"found\":true,\"mode\":\"generative\",\"cited\":[1,2],\"sessionId\":");
    }

    @Test
    void aQuestionInAnotherLanguageIsAskedWherePassagesAreFoundByMeaning() {
        // Given
        String question = "Quelle est la dose maximale ?";
        ask(question).body("found", is(false)).body("mode", is("extractive"));
        assertThat(model.requests()).as("by words alone nothing fits").isEmpty();

        // When
        worker.answers(documents.ranking("hybrid"));
        model.then(ModelAnswer.text("Quatre grammes [1]."));

        // Then
        ask(question)
                .body("answer", is("Quatre grammes [1]."))
                .body("retrieval", is("hybrid"))
                .body("mode", is("generative"));
    }

    @Test
    void whatTheModelDoesNotFindIsSaidSo() throws IOException {
        // Given
        model.then(ModelAnswer.text("Not found ", "in the documents", ". Ask a doctor [1]."));

        // When, Then
        ask(QUESTION)
                .body("answer", is("Not found in the documents."))
                .body("found", is(false))
                .body("mode", is("generative"))
                .body("sources", empty());
        StreamedAnswer answer = StreamedAnswer.to(QUESTION);
        assertThat(answer.sources().data().path("sources")).isEmpty();
        assertThat(answer.text()).isEqualTo("Not found in the documents.");
        assertThat(answer.last().data().toString())
                .startsWith("{\"found\":false,\"mode\":\"generative\",\"cited\":[],\"sessionId\":");
    }

    @Test
    void anAnswerWhoseSourceIsRemovedMeanwhileEndsWithTheReason() throws IOException {
        // Given
        model.thenTo(request -> {
            documents.execute("delete from documents where id = ?", paracetamol);
            return ModelAnswer.text("Adults take 4 g [1].");
        });

        // When
        StreamedAnswer answer = StreamedAnswer.to(QUESTION);

        // Then
        assertThat(answer.last().name()).isEqualTo("error");
        assertThat(answer.last().data().path("code").textValue()).isEqualTo("source-removed");

        // And
        documents.storeAnew();
        worker.answers(documents.ranking("lexical"));
        model.thenTo(request -> {
            documents.execute("delete from documents");
            return ModelAnswer.text("Adults take 4 g [1].");
        });
        given().contentType(ContentType.JSON)
                .body(Map.of("question", QUESTION))
                .post("/api/v1/chat")
                .then()
                .statusCode(409)
                .body("code", is("source-removed"));
    }

    @Test
    void passagesOfOthersAreNotGiven() {
        documents.store("neighbour", "private", "Adults take 9 g of paracetamol, in private.");
        worker.answers(documents.ranking("hybrid"));

        ask(QUESTION).body("mode", is("generative"));

        assertThat(model.requests().get(0).body()).doesNotContain("9 g");
    }

    @Test
    void whatWasSaidBeforeIsGivenUnlessItsSourceIsGone() {
        // Given
        String session = ask(QUESTION).extract().path("sessionId");
        worker.answers(documents.ranking("hybrid"));
        model.requests().clear();

        // When, Then
        askIn(session);
        assertThat(model.requests().get(0).body())
                .contains(QUESTION, "\"One may take 4 g.\"")
                .doesNotContain("One may take 4 g [1].");
        documents.execute("delete from documents where id = ?", paracetamol);
        askIn(session);
        assertThat(model.requests().get(1).body()).doesNotContain("One may take 4 g");
    }

    private static void askIn(String session) {
        given().contentType(ContentType.JSON)
                .body(Map.of("question", "And with a meal?", "sessionId", session))
                .post("/api/v1/chat")
                .then()
                .statusCode(200)
                .body("mode", is("generative"));
    }
}
