package io.sluice.api.chat.sessions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.chat.ChatDocuments;
import io.sluice.api.chat.generative.Exchange;
import io.sluice.testkit.SluiceServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class SessionsTest {

    private static final String ADULTS = "How much paracetamol may adults take?";
    private static final String SESSIONS = "/api/v1/chat/sessions";

    private final ChatDocuments documents;
    private final SessionRepository sessions;
    private UUID paracetamol;

    SessionsTest(ChatDocuments documents, SessionRepository sessions) {
        this.documents = documents;
        this.sessions = sessions;
    }

    @BeforeEach
    void store() {
        paracetamol = documents.storeAnew();
        documents.execute("delete from chat_sessions");
    }

    @AfterEach
    void deleteAll() {
        documents.execute("delete from documents");
        documents.execute("delete from chat_sessions");
    }

    private static ValidatableResponse ask(String question, String session) {
        Map<String, String> body = new HashMap<>(Map.of("question", question));
        if (session != null) {
            body.put("sessionId", session);
        }
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/chat")
                .then();
    }

    private static String begin(String question) {
        return ask(question, null)
                .statusCode(200)
                .body("sessionId", notNullValue())
                .body("turn", is(1))
                .extract()
                .path("sessionId");
    }

    private static ValidatableResponse read(String session) {
        return given().get(SESSIONS + "/" + session).then();
    }

    @Test
    void aQuestionMayLeaveSomethingToTheOneBefore() {
        String session = begin(ADULTS);

        ask("And for children?", session)
                .statusCode(200)
                .body("sessionId", is(session))
                .body("turn", is(2))
                .body("sources[0].quote", is(ChatDocuments.CHILDREN));
        ask("How often do they take it?", session)
                .body("sources[0].quote", is(ChatDocuments.CHILDREN))
                .body("turn", is(3));
        ask("What is the capital of France?", session).body("found", is(false));
    }

    @Test
    void sessionsAreReadWithTheirTurns() {
        String session = begin("  " + ADULTS + "\n" + "x".repeat(100));
        ask("Which bus goes to the airport?", session).statusCode(200);

        read(session)
                .statusCode(200)
                .body("title", startsWith(ADULTS + " xxx"))
                .body("turns.number", contains(1, 2))
                .body("turns[0].answer", startsWith("Doses: “" + ChatDocuments.ADULTS + "” [1]"))
                .body("turns[0].sources[0].documentId", is(paracetamol.toString()))
                .body("turns[1].answer", is("Not found in the documents."))
                .body("turns[1].found", is(false))
                .body("turns[1].sources", empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from documents where id = ?",
                "with gone as (delete from passages where document_id = ?) select 1"
            })
    void withADocumentGoWhatWasQuotedOfItAndTheAnswer(String removal) {
        // Given
        String session = begin(ADULTS);

        // When
        documents.execute(removal, paracetamol);

        // Then
        read(session)
                .body("turns[0].question", is(ADULTS))
                .body("turns[0].answer", nullValue())
                .body("turns[0].found", is(true))
                .body("turns[0].sources.documentId", not(contains(paracetamol.toString())));
        documents.execute(
                "do $$ begin if exists (select from chat_turns where answer is not null) then raise 'kept'; end if; end $$");
    }

    @Test
    void documentsThatTheSameAnswersWereMadeOfMayGoAtOnce() throws Exception {
        ExecutorService deletions = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 6; round++) {
                // Given
                documents.execute("delete from documents");
                documents.execute("delete from chat_sessions");
                UUID one = documents.store("anonymous", "private", "One.");
                UUID other = documents.store("anonymous", "private", "Other.");
                documents.execute(
                        """
                        with session as (
                            insert into chat_sessions (id, owner, title, turns, created_at, updated_at)
                            values (gen_random_uuid(), 'anonymous', 'a', 300, now(), now()) returning id
                        ), turn as (
                            insert into chat_turns (session_id, number, question, answer, found, mode, sources, created_at)
                            select id, number, 'a', 'b', true, 'generative', 2, now()
                              from session, generate_series(1, 300) number returning session_id, number
                        )
                        insert into chat_quotations (session_id, turn, number, passage_id, quote, score, cited)
                        select session_id, number, case when document_id = ? then 1 else 2 end, passages.id, 'q', 1, true
                          from turn, passages
                         order by case when document_id = ? then number else -number end""",
                        one,
                        one);

                // When
                List<Future<?>> gone = Stream.of(one, other)
                        .<Future<?>>map(id ->
                                deletions.submit(() -> documents.execute("delete from documents where id = ?", id)))
                        .toList();

                // Then
                for (Future<?> deletion : gone) {
                    deletion.get();
                }
                documents.execute(
                        "do $$ begin if exists (select from chat_turns where answer is not null) then raise 'kept'; end if; end $$");
            }
        } finally {
            deletions.shutdownNow();
        }
    }

    @Test
    void ofADocumentThatIsSharedNoMoreNothingIsShown() {
        // Given
        UUID shared = documents.store("neighbour", "shared", "Naproxen is taken twice a day.");
        String session = begin("How often is naproxen taken?");
        read(session).body("turns[0].sources", hasSize(1));

        // When
        documents.execute("update documents set visibility = 'private' where id = ?", shared);

        // Then
        read(session).body("turns[0].answer", nullValue()).body("turns[0].sources", empty());
        documents.execute("update documents set visibility = 'shared' where id = ?", shared);
        read(session).body("turns[0].answer", nullValue()).body("turns[0].sources", empty());
    }

    @Test
    void whatTheOwnerSharesNoMoreStaysInTheSessionsOfTheOwner() {
        String session = begin(ADULTS);

        documents.execute("update documents set visibility = 'shared' where id = ?", paracetamol);
        documents.execute("update documents set visibility = 'private' where id = ?", paracetamol);

        read(session)
                .body("turns[0].answer", notNullValue())
                .body("turns[0].sources[0].documentId", is(paracetamol.toString()));
    }

    @Test
    void whatWasSaidIsHandedOnWithoutWhatIsGone() {
        // Given
        UUID shared = documents.store("neighbour", "shared", "Naproxen is taken twice a day.");
        String session = begin("How often is naproxen taken?");
        ask("Which bus goes to the airport?", session).statusCode(200);
        UUID id = UUID.fromString(session);
        assertThat(said(id)).containsExactly("How often is naproxen taken?", "Which bus goes to the airport?");

        // When
        documents.execute("delete from documents where id = ?", shared);

        // Then
        assertThat(said(id)).containsExactly("Which bus goes to the airport?");
    }

    private List<String> said(UUID session) {
        return sessions.turns(session, "anonymous", 20).stream()
                .flatMap(turn -> turn.exchange().stream())
                .map(Exchange::question)
                .toList();
    }

    @Test
    void sessionsAreListedPageByPageTheLastFirst() {
        List<String> sessions = List.of(begin("one"), begin("two"), begin("three"));

        Map<String, ?> page = given().get(SESSIONS + "?limit=2")
                .then()
                .statusCode(200)
                .body("items.id", contains(sessions.get(2), sessions.get(1)))
                .body("items[0].title", is("three"))
                .body("items[0].turns", is(1))
                .extract()
                .path("$");
        given().get(SESSIONS + "?limit=2&cursor=" + page.get("next"))
                .then()
                .body("items.id", contains(sessions.get(0)))
                .body("next", nullValue());
    }

    @Test
    void aSessionIsDeletedWithItsTurns() {
        String session = begin(ADULTS);

        given().delete(SESSIONS + "/" + session).then().statusCode(204);

        read(session).statusCode(404);
        given().delete(SESSIONS + "/" + session).then().statusCode(404);
        ask("And for children?", session).statusCode(404).body("code", is("not-found"));
        documents.execute("do $$ begin if exists (select from chat_turns) then raise 'kept'; end if; end $$");
    }

    @Test
    void theSessionOfAnotherIsNotThere() {
        String session = begin(ADULTS);
        documents.execute("update chat_sessions set owner = 'neighbour'");

        read(session).statusCode(404);
        ask("And for children?", session).statusCode(404);
        given().delete(SESSIONS + "/" + session).then().statusCode(404);
        given().get(SESSIONS).then().body("items", empty());
    }

    @Test
    void aFullSessionTakesNoMoreQuestions() {
        String session = begin(ADULTS);
        documents.execute("update chat_sessions set turns = 100");

        ask("And for children?", session)
                .statusCode(400)
                .body("violations[0].pointer", is("/sessionId"))
                .body("violations[0].detail", startsWith("is that of a session with 100 turns"));
    }

    @Test
    void ofMoreSessionsThanACallerMayHaveTheFirstOneGoes() {
        // Given
        documents.execute(
                """
                insert into chat_sessions (id, owner, title, turns, created_at, updated_at)
                select gen_random_uuid(), 'anonymous', number::text, 1, now() - interval '1 day', now()
                  from generate_series(1, 1000) as number""");

        // When
        String session = begin(ADULTS);

        // Then
        documents.execute(
                "do $$ begin if (select count(*) from chat_sessions) <> 1000 then raise 'not 1000'; end if; end $$");
        documents.execute(
                "do $$ begin if exists (select from chat_sessions where title = '1') then raise 'kept'; end if; end $$");
        read(session).statusCode(200);
    }
}
