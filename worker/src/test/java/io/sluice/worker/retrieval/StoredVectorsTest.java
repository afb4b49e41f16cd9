package io.sluice.worker.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.sluice.local.PostgresServer;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.provisioning.Step;
import io.sluice.runtime.database.Transaction;
import io.sluice.settings.Environment;
import io.sluice.testkit.PgVector;
import io.sluice.worker.Rows;
import io.sluice.worker.retrieval.VectorSearch.Nearest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in a PostgreSQL that has pgvector; skipped without it. */
class StoredVectorsTest {

    private static final int DIMENSIONS = 384;
    private static final String MODEL = "test/00000000/384";
    private static final String ALICE = "https://login.example.com/alice";
    private static final String BOB = "https://login.example.com/bob";

    private static PostgresServer postgres;
    private static String url;
    private static AgroalDataSource pool;
    private static Plan withoutRight;
    private static Plan withRight;
    private static UUID before;

    private final Rows rows = new Rows(pool);
    private final StoredDocuments documents = new StoredDocuments(rows);
    private final StoredVectors vectors = new StoredVectors(pool, MODEL, DIMENSIONS);
    private final Random random = new Random(1);

    @BeforeAll
    static void start(@TempDir Path folder) throws SQLException {
        Optional<Map<String, String>> settings = PgVector.settings();
        assumeTrue(settings.isPresent(), "There is no pgvector: PGVECTOR_HOME names none.");
        postgres = PostgresServer.start(folder.resolve("data"), 0, folder.resolve("log"), settings.get());
        url = "jdbc:" + postgres.url().replaceFirst("//.*@", "//");
        pool = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(sizes -> sizes.maxSize(2)
                        .connectionFactoryConfiguration(server -> server.jdbcUrl(url)
                                .principal(new NamePrincipal("sluice"))
                                .credential(new SimplePassword("sluice")))));
        withoutRight = provision();
        before = new StoredVectorsTest().add(ALICE, "private", List.of(axis(7)));
        try (Connection administrator = DriverManager.getConnection(url, "postgres", "postgres")) {
            administrator.createStatement().execute("create extension vector");
        }
        withRight = provision();
    }

    private static Plan provision() {
        Plan plan = new Plan(Plan.Mode.CARRY_OUT);
        Map<String, String> settings = Map.of("FEATURES", "documents", "DATABASE_URL", postgres.url());
        new Provisioning(Environment.read(settings::get, ProvisioningSettings::new), Provisioning.DEFAULT_WAIT)
                .run(plan);
        return plan;
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            pool.close();
            postgres.close();
        }
    }

    @AfterEach
    void deleteAll() throws SQLException {
        rows.execute("delete from documents where id <> ?", before);
    }

    private static float[] axis(int number) {
        float[] vector = new float[DIMENSIONS];
        vector[number] = 1;
        return vector;
    }

    private float[] direction() {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private UUID add(String owner, String visibility, List<float[]> each) throws SQLException {
        String[] texts = new String[each.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "passage " + i;
        }
        return documents.add(owner, visibility, MODEL, each, texts);
    }

    private List<Long> nearest(float[] question, String caller, int limit, UUID... selection) throws SQLException {
        return vectors.nearest(question, caller, List.of(selection), limit).passages();
    }

    @Test
    void theInitJobMakesThemWhereItMay() throws SQLException {
        assertThat(withoutRight.steps())
                .filteredOn(step -> step.subject().equals("vector index"))
                .extracting(Step::kind)
                .containsExactly(Step.Kind.WARNING);
        assertThat(withRight.changes()).extracting(Step::subject).containsExactly("vector index");
        assertThat(provision().changes()).isEmpty();
        try (Transaction transaction = Transaction.begin(pool)) {
            assertThat(StoredVectors.isThere(transaction.connection(), DIMENSIONS))
                    .isTrue();
            assertThat(StoredVectors.isThere(transaction.connection(), 2)).isFalse();
        }
        assertThat(nearest(axis(7), ALICE, 1))
                .as("of a document that was there before")
                .containsExactly(documents.passage(before, 1));
    }

    @Test
    void theNearestThatTheCallerCanReadAreFound() throws SQLException {
        // Given
        UUID own = add(ALICE, "private", List.of(axis(1), axis(2)));
        UUID shared = add(BOB, "shared", List.of(axis(1)));
        UUID others = add(BOB, "private", List.of(axis(1)));

        // Then
        assertThat(nearest(axis(1), ALICE, 2)).containsExactly(documents.passage(own, 1), documents.passage(shared, 1));
        assertThat(nearest(axis(1), BOB, 2))
                .containsExactly(documents.passage(shared, 1), documents.passage(others, 1));
        assertThat(nearest(axis(1), ALICE, 10, shared)).containsExactly(documents.passage(shared, 1));
        assertThat(nearest(axis(1), "https://elsewhere.example.com/alice", 2)).isEmpty();
    }

    @Test
    void whatIsDeletedOrReplacedIsNotFound() throws SQLException {
        // Given
        UUID id = add(ALICE, "private", List.of(axis(1), axis(2)));

        // When
        rows.execute("delete from passage_vectors where document_id = ? and block = 1", id);

        // Then
        Nearest found = vectors.nearest(axis(1), ALICE, List.of(id), 2);
        List<Long> both = List.of(documents.passage(id, 1), documents.passage(id, 2));
        assertThat(found.passages()).containsExactly(both.get(1));
        assertThat(found.unknown(both)).containsExactly(both.get(0));

        // When
        rows.execute("delete from documents where id = ?", id);

        // Then
        assertThat(nearest(axis(1), ALICE, 2, id)).isEmpty();
        assertThat(rows.texts("select 1 from passage_embeddings where document_id = ?", id))
                .isEmpty();
    }

    @Test
    void theOrderIsThatOfTheSearchInMemory() throws SQLException {
        // Given
        DocumentVectors memory = new DocumentVectors(MODEL, DIMENSIONS, 1_000);
        for (int i = 0; i < 5; i++) {
            List<float[]> each = new ArrayList<>();
            for (int j = 0; j < 60; j++) {
                each.add(direction());
            }
            add(ALICE, "private", each);
        }
        try (Transaction transaction = Transaction.begin(pool)) {
            memory.update(transaction.connection());
            transaction.commit();
        }

        // Then
        for (int i = 0; i < 20; i++) {
            float[] question = direction();
            double length = 0;
            for (float component : question) {
                length += component * component;
            }
            float[] unit = new float[DIMENSIONS];
            for (int j = 0; j < unit.length; j++) {
                unit[j] = (float) (question[j] / Math.sqrt(length));
            }
            assertThat(nearest(unit, ALICE, 10))
                    .containsExactlyElementsOf(
                            memory.nearest(unit, ALICE, List.of(), 10).passages());
        }
    }

    @Test
    void aboveTheNumberThatIsComparedTheIndexFindsThem() throws SQLException {
        // Given
        List<float[]> each = List.of(axis(1), axis(2), axis(3));
        UUID own = add(ALICE, "private", each);
        add(BOB, "private", each);
        rows.execute("update documents set passage_count = ? where id = ?", StoredVectors.EXACT_PASSAGES, own);

        // When
        List<Long> found = nearest(axis(2), ALICE, 1);

        // Then
        assertThat(found).containsExactly(documents.passage(own, 2));
    }

    @Test
    void theyAreKnownOnceTheyAreCounted() throws SQLException {
        // Given
        add(ALICE, "private", List.of(axis(1), axis(2)));
        assertThat(vectors.isKnown()).isFalse();

        // When
        try (Transaction transaction = Transaction.begin(pool)) {
            vectors.update(transaction.connection());
        }

        // Then
        assertThat(vectors.isKnown()).isTrue();
        assertThat(vectors.size()).isEqualTo(3);
    }
}
