package io.sluice.api.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ChatTest {

    private static final String STRANGER = "https://login.example.com/stranger";

    private final ChatDocuments documents;
    private UUID paracetamol;

    ChatTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        paracetamol = documents.storeAnew();
    }

    static ValidatableResponse ask(String question) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("question", question))
                .post("/api/v1/chat")
                .then()
                .statusCode(200);
    }

    @Test
    void anAnswerQuotesSentencesWordForWordWithTheirPlaces() {
        ask("How much paracetamol may adults take?")
                .contentType("application/json")
                .body("mode", is("extractive"))
                .body("retrieval", is("lexical"))
                .body("found", is(true))
                .body("answer", startsWith("Doses: “" + ChatDocuments.ADULTS + "” [1]"))
                .body("sources[0].number", is(1))
                .body("sources[0].documentId", is(paracetamol.toString()))
                .body("sources[0].documentName", is("Doses.pdf"))
                .body("sources[0].documentVersion", is(3))
                .body("sources[0].page", is(1))
                .body("sources[0].heading", is("Doses"))
                .body("sources[0].quote", is(ChatDocuments.ADULTS))
                .body("sources[0].score", greaterThan(0f));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the capital of France?",
                "Who won the football world cup?",
                "Which bus goes to the airport?",
                "of the",
                "🙂?"
            })
    void whatTheDocumentsDoNotAnswerIsSaidSo(String question) {
        ask(question)
                .body("found", is(false))
                .body("answer", is("Not found in the documents."))
                .body("sources", empty());
    }

    @Test
    void aLongStoryBeforeTheQuestionHidesNoAnswer() {
        ask("My mother came to visit us last weekend and had a terrible evening with our dog, who had eaten her shoes again, and"
                        + " since then she complains about pain all day long. How much paracetamol may adults take in 24 hours?")
                .body("sources.quote", hasItem(ChatDocuments.ADULTS));
    }

    @Test
    void documentsOfOthersAreQuotedWhereTheyAreSharedByTheSameIssuer() {
        // Given
        documents.store("neighbour", "shared", "Naproxen is taken twice a day, says the neighbour.");
        documents.store("neighbour", "private", "Naproxen is taken thrice a day, in private.");
        documents.store(STRANGER, "shared", "Naproxen is never taken, says a stranger.");

        // When, Then
        ask("How often is naproxen taken?")
                .body("sources.quote", contains("Naproxen is taken twice a day, says the neighbour."));
        given().contentType(ContentType.JSON)
                .body(Map.of("question", "How often is naproxen taken?", "documents", List.of(paracetamol)))
                .post("/api/v1/chat")
                .then()
                .body("found", is(false));
    }

    @Test
    void whatIsDeletedOrReplacedIsNotQuoted() {
        // Given
        ask("How much paracetamol may adults take?").body("found", is(true));

        // When
        documents.execute("update documents set status = 'queued', passage_count = null where id = ?", paracetamol);

        // Then
        ask("How much paracetamol may adults take?")
                .body("sources.documentId", everyItem(not(is(paracetamol.toString()))));
    }

    @Test
    void anAnswerComesAsEventsForWhoAcceptsThem() throws IOException {
        // When
        Response response = given().contentType(ContentType.JSON)
                .accept("text/event-stream")
                .body(Map.of("question", "How much paracetamol may adults take?"))
                .post("/api/v1/chat");

        // Then
        List<Event> events = Event.all(response.asString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("text/event-stream");
        assertThat(events.get(0).name()).isEqualTo("sources");
        assertThat(events.get(0).data().at("/sources/0/quote").textValue()).isEqualTo(ChatDocuments.ADULTS);
        assertThat(events.subList(1, events.size() - 1)).extracting(Event::name).containsOnly("delta");
        assertThat(events.get(1).data().path("text").textValue())
                .isEqualTo("Doses: “" + ChatDocuments.ADULTS + "” [1]");
        Event last = events.get(events.size() - 1);
        assertThat(last.name()).isEqualTo("done");
        assertThat(last.data().path("found").booleanValue()).isTrue();
        assertThat(last.data().path("mode").textValue()).isEqualTo("extractive");
    }

    /** An event of a stream. */
    record Event(String name, JsonNode data) {

        static List<Event> all(String stream) throws IOException {
            List<Event> events = new ArrayList<>();
            for (String event : stream.strip().split("\n\n", -1)) {
                String[] lines = event.split("\n", -1);
                assertThat(lines).hasSize(2);
                events.add(new Event(
                        lines[0].substring("event: ".length()),
                        new ObjectMapper().readTree(lines[1].substring("data: ".length()))));
            }
            return events;
        }
    }
}
