package io.sluice.worker.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.embedding.Embedder;
import io.sluice.embedding.QuantizedVector;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.Rows;
import io.sluice.worker.retrieval.StoredDocuments;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents whose vectors are of the model before. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ReembeddingTest {

    private static final String VECTORS =
            "select encode(string_agg(vectors, '' order by block), 'hex') from passage_vectors where document_id = ? and model = ?";

    private static final String ROWS = "select model from passage_vectors where document_id = ? order by model, block";

    private static final String LEASES = "select holder from embedding_leases where document_id = ?";

    private static final String ADD_LEASE =
            "insert into embedding_leases values (?, ?, gen_random_uuid(), now() + ?::interval)";

    private final String former = "former-%s/00000000/2".formatted(UUID.randomUUID());
    private final String owner = "https://login.example.com/%s/alice".formatted(UUID.randomUUID());
    private final AgroalDataSource pool;
    private final Embedder embedder;
    private final Rows rows;
    private final StoredDocuments documents;

    ReembeddingTest(AgroalDataSource pool, Embedder embedder) {
        this.pool = pool;
        this.embedder = embedder;
        this.rows = new Rows(pool);
        this.documents = new StoredDocuments(rows);
    }

    @BeforeEach
    void embedWhatIsThere() throws Exception {
        Reembedding others = reembedding(() -> false);
        while (others.step()) {
            // The next one.
        }
    }

    @AfterEach
    void deleteAll() throws SQLException {
        rows.execute("delete from documents where owner = ?", owner);
        rows.execute("delete from embedding_models where model = ?", former);
    }

    private Reembedding reembedding(BooleanSupplier stopped) {
        return new Reembedding(pool, embedder, new IngestPriority(), stopped);
    }

    private UUID add(String... texts) throws SQLException {
        UUID id = documents.add(owner, "private", texts);
        documents.addVector(id, former, 1, new float[] {1, 0});
        return id;
    }

    private String vector(String text) throws InterruptedException {
        return HexFormat.of()
                .formatHex(QuantizedVector.of(embedder.passage(text).vector()));
    }

    @Test
    void aDocumentGetsVectorsOfThisModelBesideThoseBefore() throws Exception {
        // Given
        UUID id = add("the first passage", "the second");
        Reembedding reembedding = reembedding(() -> false);

        // When
        boolean embedded = reembedding.step();

        // Then
        assertThat(embedded).isTrue();
        assertThat(rows.texts(VECTORS, id, embedder.model()))
                .containsExactly(vector("the first passage") + vector("the second"));
        assertThat(rows.texts(ROWS, id)).containsExactly(embedder.model(), former);
        assertThat(rows.texts(LEASES, id)).isEmpty();
        assertThat(reembedding.step()).isFalse();
        assertThat(reembedding.left()).hasValue(0);
    }

    @Test
    void aPassageIsEmbeddedBelowItsHeading() throws Exception {
        // Given
        UUID id = add("one tablet a day");
        rows.execute("update passages set heading = 'Xalobamol' where document_id = ?", id);

        // When
        reembedding(() -> false).step();

        // Then
        assertThat(rows.texts(VECTORS, id, embedder.model())).containsExactly(vector("Xalobamol\none tablet a day"));
    }

    @Test
    void aLongDocumentGetsAllInBlocks() throws Exception {
        // Given
        UUID id = add(Collections.nCopies(257, "a passage").toArray(new String[0]));

        // When
        reembedding(() -> false).step();

        // Then
        assertThat(rows.texts(VECTORS, id, embedder.model()))
                .containsExactly(vector("a passage").repeat(257));
        assertThat(rows.texts(ROWS, id)).containsExactly(embedder.model(), embedder.model(), former);
    }

    @Test
    void whatAnotherEmbedsIsLeftToItUntilItsLeaseEnds() throws Exception {
        // Given
        UUID id = add("a passage");
        rows.execute(ADD_LEASE, id, embedder.model(), "1 minute");
        Reembedding reembedding = reembedding(() -> false);

        // Then
        assertThat(reembedding.step()).isFalse();
        assertThat(reembedding.left()).hasValue(1);

        // When
        rows.execute("update embedding_leases set expires_at = now() where document_id = ?", id);

        // Then
        assertThat(reembedding.step()).isTrue();
        assertThat(rows.texts(VECTORS, id, embedder.model())).containsExactly(vector("a passage"));
    }

    @Test
    void whatWasLeftToAnotherIsTakenUpBehindTheLastOne() throws Exception {
        // Given
        List<UUID> ids = Stream.of(add("one"), add("two"), add("three"))
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        rows.execute(ADD_LEASE, ids.get(0), embedder.model(), "1 minute");
        Reembedding reembedding = reembedding(() -> false);

        // When
        reembedding.step();
        rows.execute("delete from embedding_leases where document_id = ?", ids.get(0));
        reembedding.step();

        // Then
        assertThat(rows.texts(ROWS, ids.get(0))).containsExactly(former);
        assertThat(rows.texts(ROWS, ids.get(1))).containsExactly(embedder.model(), former);
        assertThat(rows.texts(ROWS, ids.get(2))).containsExactly(embedder.model(), former);

        // When
        boolean embedded = reembedding.step();

        // Then
        assertThat(embedded).isTrue();
        assertThat(rows.texts(ROWS, ids.get(0))).containsExactly(embedder.model(), former);
        assertThat(reembedding.step()).isFalse();
    }

    @Test
    void whoHasLostTheLeaseWritesNothing() throws Exception {
        // Given
        UUID id = add("a passage");

        // When
        reembedding(() -> changed("update embedding_leases set holder = gen_random_uuid() where document_id = ?", id))
                .step();

        // Then
        assertThat(rows.texts(ROWS, id)).containsExactly(former);
        assertThat(rows.texts(LEASES, id)).hasSize(1);
    }

    @Test
    void whatIsReplacedMeanwhileGetsNoVectorsOfTheTextBefore() throws Exception {
        // Given
        UUID id = add("a passage");

        // When
        reembedding(() -> changed("update documents set job_id = gen_random_uuid() where id = ?", id))
                .step();

        // Then
        assertThat(rows.texts(ROWS, id)).containsExactly(former);
    }

    /** Changes a row before a passage is embedded. */
    private boolean changed(String sql, UUID id) {
        try {
            rows.execute(sql, id);
            return false;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoStopsLeavesTheDocumentToOthersAtOnce() throws Exception {
        // Given
        UUID id = add("a passage");

        // When
        reembedding(() -> true).step();

        // Then
        assertThat(rows.texts(ROWS, id)).containsExactly(former);
        assertThat(rows.texts(LEASES, id)).isEmpty();
    }

    @Test
    void itIsKnownWhetherWorkersOfAnotherModelRank() throws Exception {
        // Given
        rows.execute("update embedding_models set seen_at = now() - interval '46 seconds'");
        rows.execute("insert into embedding_models values (?, now() - interval '20 seconds')", former);
        Reembedding reembedding = reembedding(() -> false);

        // When
        reembedding.step();

        // Then
        assertThat(reembedding.othersRank()).isTrue();

        // When
        rows.execute("update embedding_models set seen_at = now() - interval '46 seconds' where model = ?", former);
        reembedding.step();

        // Then
        assertThat(reembedding.othersRank()).isFalse();
    }

    @Test
    void vectorsOfAModelThatNobodyHasAreDeletedOnceAllAreMadeAnew() throws Exception {
        // Given
        UUID id = add("a passage");
        rows.execute("insert into embedding_models values (?, now() - interval '59 minutes')", former);
        Reembedding reembedding = reembedding(() -> false);

        // When
        reembedding.step();
        reembedding.step();

        // Then
        assertThat(rows.texts(ROWS, id)).containsExactly(embedder.model(), former);

        // When
        rows.execute(
                "update embedding_models set seen_at = now() - interval '61 minutes' where model in (?, ?)",
                former,
                embedder.model());
        UUID other = add("another passage");
        reembedding.step();

        // Then
        assertThat(rows.texts(ROWS, id)).containsExactly(embedder.model(), former);

        // When
        reembedding.step();

        // Then
        assertThat(rows.texts(ROWS, id)).containsExactly(embedder.model());
        assertThat(rows.texts(ROWS, other)).containsExactly(embedder.model());
        assertThat(rows.texts("select model from embedding_models"))
                .contains(embedder.model())
                .doesNotContain(former);
    }
}
