package io.sluice.worker.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.runtime.database.Transaction;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.Rows;
import io.sluice.worker.retrieval.VectorSearch.Nearest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vectors of a model of each test's own, of two dimensions, in PostgreSQL. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class DocumentVectorsTest {

    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};
    private static final float[] NORTH_EAST = {1, 1};

    private final String model = "test/%s/2".formatted(UUID.randomUUID());
    private final String issuer = "https://login.example.com/%s/".formatted(UUID.randomUUID());
    private final String alice = issuer + "alice";
    private final String bob = issuer + "bob";
    private final DocumentVectors vectors = new DocumentVectors(model, 2, 3);
    private final AgroalDataSource pool;
    private final Rows rows;
    private final StoredDocuments documents;

    DocumentVectorsTest(AgroalDataSource pool) {
        this.pool = pool;
        this.rows = new Rows(pool);
        this.documents = new StoredDocuments(rows);
    }

    @AfterEach
    void deleteAll() throws SQLException {
        rows.execute("delete from documents where issuer = ?", issuer);
    }

    private UUID add(String owner, String visibility, float[]... each) throws SQLException {
        String[] texts = new String[each.length];
        for (int i = 0; i < each.length; i++) {
            texts[i] = "passage " + i;
        }
        UUID id = documents.add(owner, visibility, texts);
        for (int i = 0; i < each.length; i++) {
            documents.addVector(id, model, i + 1, each[i]);
        }
        return id;
    }

    private void update() throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            vectors.update(transaction.connection());
            transaction.commit();
        }
    }

    private List<Long> nearest(String caller, UUID... selection) {
        return vectors.nearest(EAST, caller, List.of(selection), 10).passages();
    }

    @Test
    void theNearestPassagesOfTheCallersDocumentsAreFound() throws SQLException {
        // Given
        UUID first = add(alice, "private", NORTH, EAST);
        UUID second = add(alice, "private", NORTH_EAST);
        assertThat(vectors.isKnown()).isFalse();

        // When
        update();

        // Then
        assertThat(vectors.isKnown()).isTrue();
        assertThat(vectors.isComplete()).isTrue();
        assertThat(vectors.size()).isEqualTo(3);
        assertThat(nearest(alice))
                .containsExactly(
                        documents.passage(first, 2), documents.passage(second, 1), documents.passage(first, 1));
        assertThat(nearest(alice, second)).containsExactly(documents.passage(second, 1));
        assertThat(nearest(bob)).isEmpty();
    }

    @Test
    void whatIsSharedIsForCallersOfTheSameIssuer() throws SQLException {
        // Given
        UUID id = add(alice, "shared", EAST);
        update();

        // Then
        long passage = documents.passage(id, 1);
        assertThat(nearest(bob)).containsExactly(passage);
        assertThat(nearest(alice)).containsExactly(passage);
        assertThat(nearest("https://login.example.com/bob")).isEmpty();
        assertThat(nearest("bob")).isEmpty();
        assertThat(nearest(issuer))
                .as("the issuer itself is a caller of its own")
                .containsExactly(passage);
    }

    @Test
    void whatChangesIsTakenOver() throws SQLException {
        // Given
        UUID kept = add(alice, "private", NORTH);
        UUID deleted = add(alice, "private", EAST);
        UUID replaced = add(bob, "shared", EAST);
        update();
        long before = documents.passage(replaced, 1);
        assertThat(nearest(alice)).contains(before).hasSize(3);

        // When
        rows.execute("delete from documents where id = ?", deleted);
        rows.execute("delete from passages where document_id = ?", replaced);
        rows.execute("delete from passage_vectors where document_id = ?", replaced);
        rows.execute(
                "update documents set status = 'queued', passage_count = null, version = 2 where id = ?", replaced);
        update();

        // Then
        assertThat(nearest(alice)).containsExactly(documents.passage(kept, 1));

        // When
        rows.execute("insert into passages (document_id, ordinal, text) values (?, 1, 'another')", replaced);
        documents.addVector(replaced, model, 1, NORTH_EAST);
        rows.execute("update documents set status = 'ready', passage_count = 1, version = 3 where id = ?", replaced);
        update();

        // Then
        long after = documents.passage(replaced, 1);
        assertThat(after).isNotEqualTo(before);
        assertThat(nearest(alice)).containsExactly(after, documents.passage(kept, 1));

        // When
        rows.execute("update documents set visibility = 'private', version = 4 where id = ?", replaced);
        update();

        // Then
        assertThat(nearest(alice)).containsExactly(documents.passage(kept, 1));
        assertThat(nearest(bob)).containsExactly(after);
    }

    @Test
    void vectorsOfAnotherModelAreNotThere() throws SQLException {
        // Given
        UUID id = documents.add(alice, "private", "a passage");
        documents.addVector(id, "another/00000000/2", 1, EAST);

        // When
        update();

        // Then
        assertThat(nearest(alice)).isEmpty();
        assertThat(vectors.isComplete()).isTrue();
    }

    @Test
    void whatWasNotLookedAtIsUnknown() throws SQLException {
        // Given
        UUID known = add(alice, "private", EAST, NORTH);
        update();
        UUID later = add(alice, "private", EAST);
        List<Long> all = List.of(documents.passage(known, 1), documents.passage(known, 2), documents.passage(later, 1));

        // When
        Nearest before = vectors.nearest(EAST, alice, List.of(), 1);
        update();

        // Then
        assertThat(before.unknown(all))
                .as("what came meanwhile was not looked at")
                .containsExactly(all.get(2));
        assertThat(vectors.nearest(EAST, alice, List.of(), 1).unknown(all)).isEmpty();
    }

    @Test
    void aboveTheNumberOfPassagesNoneIsHeldUntilThereAreFewer() throws SQLException {
        // Given
        UUID three = add(alice, "private", EAST, EAST, EAST);
        update();
        assertThat(vectors.isComplete()).isTrue();

        // When
        UUID one = add(alice, "private", NORTH);
        update();

        // Then
        assertThat(vectors.isKnown()).isTrue();
        assertThat(vectors.isComplete()).isFalse();
        assertThat(vectors.size()).isZero();
        assertThat(nearest(alice)).isEmpty();

        // When
        rows.execute("delete from documents where id = ?", three);
        update();

        // Then
        assertThat(vectors.isComplete()).isTrue();
        assertThat(nearest(alice)).containsExactly(documents.passage(one, 1));
    }
}
