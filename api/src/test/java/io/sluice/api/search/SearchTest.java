package io.sluice.api.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.database.Sql;
import io.sluice.retrieval.RankedPassage;
import io.sluice.testkit.SluiceServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches of the caller without a token, {@code anonymous}, whom the same issuer has named as {@code neighbour}. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class SearchTest {

    private static final String STRANGER = "https://login.example.com/stranger";

    private final SearchedDocuments documents;
    private final Sql sql;

    SearchTest(SearchedDocuments documents, Sql sql) {
        this.documents = documents;
        this.sql = sql;
    }

    @BeforeEach
    void deleteAll() {
        documents.execute("delete from documents");
    }

    private static ValidatableResponse search(String json) {
        return given().contentType(ContentType.JSON)
                .body(json)
                .post("/api/v1/search")
                .then()
                .statusCode(200);
    }

    @Test
    void passagesAreFoundWithTheirPlaceTheBestFirst() {
        // Given
        UUID id = documents.store(
                "anonymous", "private", "Children take less.", "Adults take one tablet.", "A tablet for adults alone.");

        // When, Then
        search("{\"query\":\"How many tablets for adults?\"}")
                .body("retrieval", is("lexical"))
                .body("items.text", contains("A tablet for adults alone.", "Adults take one tablet."))
                .body("items[1].documentId", is(id.toString()))
                .body("items[1].documentName", is("Doses.pdf"))
                .body("items[1].documentVersion", is(3))
                .body("items[1].ordinal", is(2))
                .body("items[1].page", is(2))
                .body("items[1].heading", is("Doses"))
                .body("items[1].score", greaterThan(0f));
        search("{\"query\":\"adults\",\"limit\":1}").body("items", hasSize(1));
        search("{\"query\":\"ibuprofen\"}").body("items", empty());
    }

    @Test
    void documentsOfOthersAreFoundWhereTheyAreSharedByTheSameIssuer() {
        // Given
        UUID own = documents.store("anonymous", "private", "own tablet");
        UUID shared = documents.store("neighbour", "shared", "shared tablet");
        UUID privately = documents.store("neighbour", "private", "private tablet");
        documents.store(STRANGER, "shared", "a strangers tablet");

        // When, Then
        search("{\"query\":\"tablet\"}").body("items.text", containsInAnyOrder("own tablet", "shared tablet"));
        search("{\"query\":\"tablet\",\"documents\":[\"%s\",\"%s\"]}".formatted(shared, privately))
                .body("items.text", contains("shared tablet"));
        search("{\"query\":\"tablet\",\"documents\":[\"%s\"]}".formatted(own))
                .body("items.text", contains("own tablet"));
    }

    @Test
    void nothingThatARankingSaysIsBelieved() throws SQLException {
        // Given
        UUID replaced = documents.store("anonymous", "private", "replaced tablet");
        UUID deleted = documents.store("anonymous", "private", "deleted tablet");
        documents.store("neighbour", "private", "private tablet");
        documents.store(STRANGER, "shared", "a strangers tablet");
        documents.store("anonymous", "private", "kept tablet");
        List<RankedPassage> ranked = sql.query("select id from passages order by id desc", List.of(), rows -> {
            List<RankedPassage> all = new ArrayList<>();
            while (rows.next()) {
                all.add(new RankedPassage(rows.getLong(1), 7));
            }
            return all;
        });
        assertThat(ranked).hasSize(5);

        // When
        documents.execute("update documents set status = 'queued', passage_count = null where id = ?", replaced);
        documents.execute("delete from documents where id = ?", deleted);

        // Then
        List<FoundPassage> found = sql.inTransaction(
                transaction -> PassageRepository.find(transaction, "anonymous", List.of(), ranked, 9));
        assertThat(found).extracting(FoundPassage::text).containsExactly("kept tablet");
        assertThat(found).extracting(FoundPassage::score).containsExactly(7.0);
        search("{\"query\":\"tablet\"}").body("items.text", contains("kept tablet"));
    }
}
