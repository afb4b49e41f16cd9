package io.sluice.api.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.chat.ChatTest.Event;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import io.sluice.testkit.ModelAnswer;
import io.sluice.testkit.ModelAnswer.Ending;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that a language model writes, or does not. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@WithTestResource(ModelAndWorker.class)
class WrittenChatTest {

    static final String QUESTION = "How much paracetamol may adults take?";
    private static final String QUOTED = "Doses: “" + ChatDocuments.ADULTS + "” [1]";

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

    private static List<Event> stream(String question) throws IOException {
        return Event.all(given().contentType(ContentType.JSON)
                .accept("text/event-stream")
                .body(Map.of("question", question))
                .post("/api/v1/chat")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private static String text(List<Event> events) {
        return String.join(
                "",
                events.stream()
                        .filter(event -> event.name().equals("delta"))
                        .map(event -> event.data().path("text").textValue())
                        .toList());
    }

    private static Event last(List<Event> events) {
        return events.get(events.size() - 1);
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
        List<Event> events = stream(QUESTION);

        // Then
        assertThat(events.get(0).name()).isEqualTo("sources");
        assertThat(events.get(0).data().path("mode").textValue()).isEqualTo("generative");
        assertThat(events.get(0).data().path("sources")).hasSizeGreaterThan(2);
        assertThat(events.get(0).data().at("/sources/1/quote").textValue()).isEqualTo(ChatDocuments.CHILDREN);
        assertThat(text(events)).isEqualTo("Adults take 4 g at most [1]. Children less [2].");
        assertThat(events.stream().filter(event -> event.name().equals("delta")))
                .hasSizeGreaterThan(1);
        assertThat(last(events).name()).isEqualTo("done");
        assertThat(last(events).data().toString())
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
        List<Event> events = stream(QUESTION);
        assertThat(events.get(0).data().path("sources")).isEmpty();
        assertThat(text(events)).isEqualTo("Not found in the documents.");
        assertThat(last(events).data().toString())
                .startsWith("{\"found\":false,\"mode\":\"generative\",\"cited\":[],\"sessionId\":");
    }

    static Stream<Arguments> failuresBeforeTheFirstText() {
        return Stream.of(
                Arguments.of(ModelAnswer.error(500, "{}"), "unavailable"),
                Arguments.of(ModelAnswer.error(401, "{}"), "unavailable"),
                Arguments.of(ModelAnswer.error(429, "{}"), "overloaded"),
                Arguments.of(ModelAnswer.stream(Ending.SILENT), "timeout"),
                Arguments.of(ModelAnswer.stream(Ending.CUT), "unavailable"),
                Arguments.of(ModelAnswer.stream(Ending.CUT, "Adults take 4 g."), "unavailable"),
                Arguments.of(ModelAnswer.stream(Ending.BROKEN, "Adults take 4 g."), "unavailable"),
                Arguments.of(ModelAnswer.text("Adults ").because("content_filter"), "withheld"),
                Arguments.of(ModelAnswer.text("Adults take 4 g [11]."), "uncited"),
                Arguments.of(ModelAnswer.text("word ".repeat(300), " [1]."), "uncited"),
                Arguments.of(ModelAnswer.text(), "uncited"));
    }

    @ParameterizedTest
    @MethodSource("failuresBeforeTheFirstText")
    void sentencesAreQuotedWhereNoTextIsToBeShown(ModelAnswer answer, String reason) throws IOException {
        // Given
        model.then(answer);

        // When, Then
        ask(QUESTION)
                .body("mode", is("extractive"))
                .body("fallback", is(reason))
                .body("found", is(true))
                .body("answer", startsWith(QUOTED));
        List<Event> events = stream(QUESTION);
        assertThat(events.get(0).data().path("mode").textValue()).isEqualTo("extractive");
        assertThat(events.get(0).data().path("fallback").textValue()).isEqualTo(reason);
        assertThat(text(events)).startsWith(QUOTED);
        assertThat(last(events).name()).isEqualTo("done");
    }

    static Stream<Arguments> failuresBehindTheFirstText() {
        return Stream.of(
                Arguments.of(ModelAnswer.stream(Ending.CUT, "Adults take 4 g [1]. ", "But"), "unavailable"),
                Arguments.of(ModelAnswer.stream(Ending.BROKEN, "Adults take 4 g [1]. ", "But"), "unavailable"),
                Arguments.of(
                        ModelAnswer.stream(Ending.ERROR, "Adults take 4 g [1]. ", "But")
                                .withError("{\"error\":{\"message\":\"busy\",\"code\":503}}"),
                        "overloaded"),
                Arguments.of(ModelAnswer.text("Adults take 4 g [1]. ", "But").because("content_filter"), "withheld"));
    }

    @ParameterizedTest
    @MethodSource("failuresBehindTheFirstText")
    void anAnswerThatIsBrokenOffIsNeverComplete(ModelAnswer answer, String reason) throws IOException {
        // Given
        model.then(answer);

        // When
        List<Event> events = stream(QUESTION);

        // Then
        assertThat(text(events)).startsWith("Adults take 4 g [1].");
        assertThat(events).extracting(Event::name).doesNotContain("done");
        assertThat(last(events).name()).isEqualTo("error");
        assertThat(last(events).data().path("code").textValue()).isEqualTo("answer-interrupted");
        ask(QUESTION)
                .body("mode", is("extractive"))
                .body("fallback", is(reason))
                .body("answer", startsWith(QUOTED));
    }

    @Test
    void anAnswerThatIsAsLongAsItMayBeSaysSo() throws IOException {
        model.then(ModelAnswer.text("Adults take 4 g [1]. But").because("length"));

        ask(QUESTION).body("truncated", is(true)).body("answer", is("Adults take 4 g [1]. But"));
        assertThat(last(stream(QUESTION)).data().path("truncated").booleanValue())
                .isTrue();
    }

    @Test
    void anAnswerWhoseSourceIsRemovedMeanwhileEndsWithTheReason() throws IOException {
        // Given
        model.thenTo(request -> {
            documents.execute("delete from documents where id = ?", paracetamol);
            return ModelAnswer.text("Adults take 4 g [1].");
        });

        // When
        List<Event> events = stream(QUESTION);

        // Then
        assertThat(last(events).name()).isEqualTo("error");
        assertThat(last(events).data().path("code").textValue()).isEqualTo("source-removed");

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
}
