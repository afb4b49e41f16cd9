package io.sluice.worker.retrieval;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.embedding.Embedder;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.AllFeatures;
import io.sluice.worker.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions over HTTP, as the api asks them, about documents in PostgreSQL. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AllFeatures.class)
class RetrievalTest {

    private static final String FEVER = "Paracetamol brings down a high temperature.";
    private static final String SLEEP = "Go to bed at the same hour every night.";
    private static final String TOOTH = "Brush your teeth twice a day with a paste that has fluoride.";

    private final String issuer = "https://login.example.com/%s/".formatted(UUID.randomUUID());
    private final String alice = issuer + "alice";
    private final String bob = issuer + "bob";
    private final AgroalDataSource pool;
    private final Embedder embedder;
    private final Rows rows;
    private final StoredDocuments documents;

    RetrievalTest(AgroalDataSource pool, Embedder embedder) {
        this.pool = pool;
        this.embedder = embedder;
        this.rows = new Rows(pool);
        this.documents = new StoredDocuments(rows);
    }

    /** The model is loaded while the program starts, and questions are not taken before. */
    @BeforeEach
    void awaitRanking() {
        await().untilAsserted(() -> given().get("/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'retrieval' }.data.detail", is("by words and meaning, in memory")));
    }

    @AfterEach
    void deleteAll() throws SQLException {
        rows.execute("delete from documents where issuer = ?", issuer);
    }

    private UUID add(String owner, String visibility, String... texts) throws Exception {
        List<float[]> vectors = new ArrayList<>();
        for (String text : texts) {
            vectors.add(embedder.passage(text).vector());
        }
        return documents.add(owner, visibility, embedder.model(), vectors, texts);
    }

    private static ValidatableResponse post(String token, String body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/retrieval")
                .then();
    }

    private static String body(String caller, String question, UUID... selection) {
        String ids =
                List.of(selection).stream().map("\"%s\""::formatted).toList().toString();
        return "{\"question\":\"%s\",\"caller\":\"%s\",\"documents\":%s,\"limit\":10}".formatted(question, caller, ids);
    }

    private static List<Number> found(String caller, String question, UUID... selection) {
        return post(AllFeatures.TOKEN, body(caller, question, selection))
                .statusCode(200)
                .body("retrieval", is("hybrid"))
                .extract()
                .path("passages.id");
    }

    private static List<Long> ids(List<Number> found) {
        return found.stream().map(Number::longValue).toList();
    }

    @Test
    void whatMeansTheSameIsFoundWithoutAWordInCommon() throws Exception {
        // Given
        UUID id = add(alice, "private", TOOTH, FEVER, SLEEP);

        // Then
        await().untilAsserted(() ->
                assertThat(ids(found(alice, "What helps against fever?"))).startsWith(documents.passage(id, 2)));
        assertThat(ids(found(alice, "I lie awake until morning"))).startsWith(documents.passage(id, 3));
        post(AllFeatures.TOKEN, body(alice, "What helps against fever?"))
                .contentType(ContentType.JSON)
                .body("passages[0].score", greaterThan(0f));
    }

    @Test
    void whatHasVectorsOfAnotherModelIsFoundByItsMeaningSoonAfter() throws Exception {
        // Given
        UUID id = documents.add(alice, "private", "another/00000000/2", List.of(new float[] {1, 0}), FEVER);

        // Then
        await().untilAsserted(() ->
                assertThat(ids(found(alice, "What helps against fever?"))).containsExactly(documents.passage(id, 1)));
    }

    @Test
    void whatHasTheWordIsFoundWithoutAVector() throws Exception {
        // Given
        UUID id = documents.add(alice, "private", "Chlorhexidine 0.2 %.");

        // Then
        assertThat(ids(found(alice, "chlorhexidine"))).containsExactly(documents.passage(id, 1));
    }

    @Test
    void whatHasNoVectorYetIsNotBehindAllThatHave() throws Exception {
        // Given
        String[] others = new String[10];
        for (int i = 0; i < others.length; i++) {
            others[i] = "How much medicine %d do adults take? Adults take %d mg of it a day.".formatted(i, i);
        }
        add(alice, "private", others);
        await().until(() -> found(alice, "What helps against fever?").size() == others.length);

        // When
        UUID latest = documents.add(alice, "private", "Adults take 500 mg of xalobamol a day.");

        // Then
        assertThat(ids(found(alice, "How much xalobamol do adults take?"))).startsWith(documents.passage(latest, 1));
    }

    @Test
    void onlyWhatTheCallerCanReadIsRanked() throws Exception {
        // Given
        UUID own = add(alice, "private", FEVER);
        UUID shared = add(bob, "shared", FEVER);
        add(bob, "private", FEVER);
        long ownPassage = documents.passage(own, 1);
        long sharedPassage = documents.passage(shared, 1);

        // Then
        for (String question : List.of("paracetamol", "What helps against fever?")) {
            await().untilAsserted(() ->
                    assertThat(ids(found(alice, question))).containsExactlyInAnyOrder(ownPassage, sharedPassage));
            assertThat(ids(found(alice, question, own))).containsExactly(ownPassage);
            assertThat(found("https://elsewhere.example.com/alice", question)).isEmpty();
        }
    }

    @Test
    void aDocumentIsGoneFromTheRankingSoonAfterItIsDeleted() throws Exception {
        // Given
        add(alice, "private", FEVER);
        await().until(() -> found(alice, "What helps against fever?").size() == 1);

        // When
        rows.execute("delete from documents where owner = ?", alice);

        // Then
        await().until(() -> found(alice, "What helps against fever?").isEmpty());
    }

    @Test
    void withoutTheTokenNobodyIsAnswered() {
        post("another-token-0123456789abcdef-01", body(alice, "fever"))
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .header("Connection", "close")
                .body("detail", containsString("WORKER_TOKEN"))
                .body(not(containsString(AllFeatures.TOKEN)));
        given().body(body(alice, "fever")).post("/v1/retrieval").then().statusCode(401);
        given().header("Authorization", AllFeatures.TOKEN)
                .body("")
                .post("/v1/retrieval")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"question\":\"s3cret\"",
                "{\"question\":\"s3cret\",\"limit\":1}",
                "{\"question\":\"s3cret\",\"caller\":\"a\"}",
                "{\"question\":\" \",\"caller\":\"a\",\"limit\":1}",
                "{\"question\":\"s3cret\\u0000\",\"caller\":\"a\",\"limit\":1}",
                "{\"question\":\"s3cret\",\"caller\":\"a\",\"limit\":0}",
                "{\"question\":\"s3cret\",\"caller\":\"a\",\"limit\":201}",
                "{\"question\":\"s3cret\",\"caller\":\"a\",\"limit\":null}",
                "{\"question\":\"s3cret\",\"caller\":\"a\",\"limit\":1,\"documents\":[null]}",
                "{\"question\":\"s3cret\",\"caller\":\"a\",\"limit\":1,\"documents\":[\"s3cret\"]}",
                "{\"question\":\"s3cret\",\"caller\":\"a\",\"limit\":1,\"more\":2}",
                "{\"question\":\"s3cret\",\"caller\":\"a\",\"limit\":1} 2",
            })
    void whatIsNoQuestionIsRefusedAndNotQuoted(String body) {
        post(AllFeatures.TOKEN, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body(not(containsString("s3cret")));
    }

    @Test
    void aBodyHasABound() {
        post(AllFeatures.TOKEN, body(alice, "a".repeat(33_000))).statusCode(413).header("Connection", "close");
    }

    @Test
    void whilePostgresqlDoesNotAnswerThereIsNoRanking() throws SQLException {
        // Given
        try (Connection connection = pool.getConnection();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table passage_terms in access exclusive mode");

            // Then
            post(AllFeatures.TOKEN, body(alice, "fever"))
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("detail", is("Passages cannot be ranked for the moment."));
            connection.rollback();
        }
        assertThat(found(alice, "fever")).isEmpty();
    }
}
