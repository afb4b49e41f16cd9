package io.sluice.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.chaos.RowVerifier.Sent;
import io.sluice.chaos.Violation.Rule;
import io.sluice.contract.Topic;
import io.sluice.settings.DatabaseUrl;
import io.sluice.testkit.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Each breach of the promise is found in a table that has it, and none in one that has none. */
class VerifierTest {

    private static final Servers.Addresses SERVERS = Servers.shared();
    private static final Series SERIES = new Series("test", 1, 1);
    private static final Series OTHER = new Series("test", 1, 2);
    private static final UUID TASK = UUID.fromString("5d0f1c52-0b3c-4c8e-9f7e-3a7f1d2b9c10");

    private static final UUID IMAGE = UUID.fromString("0192d3a8-8a3e-7c11-b6d1-52c8f30e7d44");
    private static final RenderedImage PICTURE = new RenderedImage(1, 1);

    private final Database database = new Database(SERVERS.databaseUrl());
    private final Verifier verifier = new Verifier(database, SERVERS.kafkaBootstrapServers());

    @BeforeEach
    void storeThreeEventsAndOneOfAnotherKey() throws SQLException {
        database.prepare();
        for (int number = 1; number <= 3; number++) {
            store(SERIES, number);
        }
        store(OTHER, 1);
        for (int version = 1; version <= 3; version++) {
            change(TASK, version);
        }
        analyse(IMAGE);
        execute("insert into chaos_counts values ('%s', 3), ('%s', 1), ('%s', 3), ('%s', 2)"
                .formatted(SERIES.name(), OTHER.name(), TASK, IMAGE));
    }

    @Test
    void findsNothingWhereThePromiseHolds() throws SQLException {
        assertThat(inspect(3)).isEmpty();
    }

    @Test
    void takesAnEventThatWasNotAcknowledgedAsStoredOrNot() throws SQLException {
        assertThat(verifier.verifyRows(
                        List.of(new Sent(SERIES, 3, 2), new Sent(OTHER, 2, 1)),
                        Map.of(TASK, 3),
                        Map.of(IMAGE, PICTURE)))
                .isEmpty();
    }

    @Test
    void findsALostEvent() throws SQLException {
        assertThat(inspect(4))
                .containsExactly(
                        violation(Rule.NOTHING_IS_LOST, "test/client-1/key-1/4 was acknowledged and is not stored"));
    }

    @Test
    void findsAnEventStoredUnderTwoIds() throws SQLException {
        // When
        store(UUID.randomUUID(), SERIES.name(), SERIES.payload(3));
        execute("update chaos_counts set events = 4 where key = '%s'".formatted(SERIES.name()));

        // Then
        assertThat(inspect(3)).extracting(Violation::rule).contains(Rule.NOTHING_IS_STORED_TWICE);
    }

    @Test
    void findsBytesThatWereChanged() throws SQLException {
        // When
        execute("update messages set payload = set_byte(payload, 0, 91) where id = '%s'".formatted(SERIES.id(2)));

        // Then
        assertThat(inspect(3))
                .containsExactly(violation(Rule.BYTES_STAY_AS_THEY_WERE_SENT, "test/client-1/key-1/2 was changed"));
    }

    @Test
    void findsAnotherOrder() throws SQLException {
        // When
        execute("update messages set stored_at = now() + interval '1 minute' where id = '%s'".formatted(SERIES.id(2)));

        // Then
        assertThat(inspect(3))
                .containsExactly(
                        violation(Rule.ORDER_OF_A_KEY_STAYS, "test/client-1/key-1/2 is stored after number 3"));
    }

    @Test
    void findsRowsThatNobodySent() throws SQLException {
        // When
        store(SERIES, 5);
        store(new Series("test", 9, 9), 1);
        store(UUID.randomUUID(), SERIES.name(), new byte[] {'1'});

        // Then
        assertThat(inspect(3)).hasSize(3).extracting(Violation::rule).containsOnly(Rule.NOTHING_IS_MADE_UP);
    }

    @Test
    void findsAHandlerThatRanTwiceOrNotAtAll() throws SQLException {
        // When
        execute("update chaos_counts set events = 4 where key = '%s'".formatted(SERIES.name()));
        execute("delete from chaos_counts where key = '%s'".formatted(OTHER.name()));

        // Then
        assertThat(inspect(3))
                .containsExactlyInAnyOrder(
                        violation(
                                Rule.HANDLERS_TAKE_EFFECT_ONCE,
                                "the handler has counted 4 events of test/client-1/key-1, of which 3 are stored"),
                        violation(
                                Rule.HANDLERS_TAKE_EFFECT_ONCE,
                                "the handler has counted 0 events of test/client-1/key-2, of which 1 are stored"));
    }

    @Test
    void findsALostEventOfATask() throws SQLException {
        assertThat(verifyRows(3, 4))
                .containsExactly(violation(
                        Rule.NOTHING_IS_LOST,
                        "version 4 of the task " + TASK + " was acknowledged and its event is not stored"));
    }

    @Test
    void findsEventsOfATaskInAnotherOrder() throws SQLException {
        // When
        execute(
                "update messages set stored_at = now() + interval '1 minute' where key = '%s' and convert_from(payload, 'UTF8') like '%%\"version\":2,%%'"
                        .formatted(TASK));

        // Then
        assertThat(inspect(3))
                .containsExactly(violation(
                        Rule.ORDER_OF_A_KEY_STAYS, "version 2 of the task " + TASK + " is stored after version 3"));
    }

    @Test
    void findsAnEventOfATaskStoredTwice() throws SQLException {
        // When
        storeChange(TASK, 3);

        // Then
        assertThat(inspect(3))
                .containsExactly(
                        violation(Rule.NOTHING_IS_STORED_TWICE, "version 3 of the task " + TASK + " is stored twice"));
    }

    @Test
    void findsEventsOfChangesThatNobodyMade() throws SQLException {
        // When
        storeChange(TASK, 4);
        storeChange(UUID.randomUUID(), 1);

        // Then
        assertThat(inspect(3)).hasSize(2).extracting(Violation::rule).containsOnly(Rule.NOTHING_IS_MADE_UP);
    }

    @Test
    void findsAChangeThatTheHistoryDoesNotHave() throws SQLException {
        // When
        execute("delete from task_activity where version = 2");

        // Then
        assertThat(inspect(3))
                .containsExactly(violation(
                        Rule.HANDLERS_TAKE_EFFECT_ONCE,
                        "history has 2 changes of the task " + TASK + ", of which 3 are stored"));
    }

    @Test
    void findsAnImageThatWasNotAnalysed() throws SQLException {
        // When
        execute("update images set status = 'failed'");

        // Then
        assertThat(inspect(3))
                .containsExactly(violation(
                        Rule.IMAGES_ARE_ANALYSED_ONCE,
                        "the image " + IMAGE + " is failed, with 1 jobs, and 2 objects of 2"));
    }

    @Test
    void findsAnImageWithTheObjectsOfTwoAnalyses() throws SQLException {
        // When
        addObjects(3, 4);

        // Then
        assertThat(inspect(3))
                .containsExactly(violation(
                        Rule.IMAGES_ARE_ANALYSED_ONCE,
                        "the image " + IMAGE + " is done, with 1 jobs, and 4 objects of 2"));
    }

    @Test
    void findsAnImageThatIsLost() throws SQLException {
        // When
        execute(
                "delete from images",
                "delete from messages where type = 'image.analysed'",
                "truncate image_statistics");

        // Then
        assertThat(inspect(3))
                .containsExactly(
                        violation(Rule.NOTHING_IS_LOST, "the image " + IMAGE + " was accepted and has no row"),
                        violation(Rule.NOTHING_IS_LOST, "the events of the image " + IMAGE + " are [image.uploaded]"),
                        violation(
                                Rule.HANDLERS_TAKE_EFFECT_ONCE,
                                "the handler has counted 2 events of the image " + IMAGE + ", of which 1 are stored"),
                        violation(
                                Rule.HANDLERS_TAKE_EFFECT_ONCE,
                                "statistics have 0 images with 0 objects in place of 1 with 2"));
    }

    @Test
    void findsAnImageWhoseAnalysisIsToldTwice() throws SQLException {
        // When
        storeImageEvent(IMAGE, "image.analysed");
        execute("update chaos_counts set events = 3 where key = '%s'".formatted(IMAGE));

        // Then
        assertThat(inspect(3))
                .containsExactly(violation(
                        Rule.NOTHING_IS_STORED_TWICE,
                        "the events of the image " + IMAGE + " are [image.uploaded, image.analysed, image.analysed]"));
    }

    @Test
    void findsEventsOfAnImageInAnotherOrder() throws SQLException {
        // When
        execute("update messages set stored_at = now() + interval '1 minute' where type = 'image.uploaded'");

        // Then
        assertThat(inspect(3))
                .containsExactly(violation(
                        Rule.ORDER_OF_A_KEY_STAYS,
                        "the events of the image " + IMAGE + " are [image.analysed, image.uploaded]"));
    }

    @Test
    void findsImagesThatNobodyUploaded() throws SQLException {
        // When
        analyse(UUID.randomUUID());

        // Then
        assertThat(inspect(3))
                .extracting(Violation::rule)
                .containsOnly(Rule.NOTHING_IS_MADE_UP, Rule.HANDLERS_TAKE_EFFECT_ONCE)
                .contains(Rule.NOTHING_IS_MADE_UP);
    }

    @Test
    void findsDeadLettersOfTheRun() throws InterruptedException, ExecutionException {
        // Given
        Instant start = Instant.now();
        assertThat(verifier.verifyDeadLetters(start)).isEmpty();

        // When
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SERVERS.kafkaBootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.DEAD_LETTERS.name(""), new byte[] {'1'}))
                    .get();
        }

        // Then
        assertThat(verifier.verifyDeadLetters(start))
                .containsExactly(violation(Rule.NOTHING_BECOMES_A_DEAD_LETTER, "?: ?"));
        assertThat(verifier.verifyDeadLetters(Instant.now().plusSeconds(1))).isEmpty();
    }

    /** Verifies with this number of acknowledged events of the first key. */
    private List<Violation> inspect(int acknowledged) throws SQLException {
        return verifyRows(acknowledged, 3);
    }

    private List<Violation> verifyRows(int acknowledged, int version) throws SQLException {
        return verifier.verifyRows(
                List.of(new Sent(SERIES, acknowledged, acknowledged), new Sent(OTHER, 1, 1)),
                Map.of(TASK, version),
                Map.of(IMAGE, PICTURE));
    }

    private static Violation violation(Rule rule, String detail) {
        return new Violation(rule, detail);
    }

    private static void store(Series series, int number) throws SQLException {
        store(series.id(number), series.name(), series.payload(number));
    }

    private static void store(UUID id, String key, byte[] payload) throws SQLException {
        store(id, "chaos", key, payload);
    }

    /** Stores the event of a change, and the history that the handler makes of it. */
    private static void change(UUID task, int version) throws SQLException {
        storeChange(task, version);
        execute(
                """
                insert into task_activity (task_id, version, type, status, owner, event_id, time)
                values ('%s', %d, 'task.updated', 'open', 'anonymous', gen_random_uuid(), now())
                """
                        .formatted(task, version));
    }

    private static void storeChange(UUID task, int version) throws SQLException {
        String payload = "{\"taskId\":\"%s\",\"version\":%d,\"status\":\"open\"}".formatted(task, version);
        store(UUID.randomUUID(), "task.updated", task.toString(), payload.getBytes(UTF_8));
    }

    /** Stores an analysed image with two objects, its events, and what they count for. */
    private static void analyse(UUID image) throws SQLException {
        execute(
                """
                with image as (
                    insert into images (id, owner, sha256, storage_key, bytes, format, width, height, status, job_id, created_at)
                    values ('%1$s', 'anonymous', sha256('%1$s'), '%1$s', 1, 'png', 320, 80, 'done', gen_random_uuid(), now())
                    returning id, job_id)
                insert into jobs (id, type, subject, state, finished_at)
                select job_id, 'image-analysis', id, 'done', now() from image
                """
                        .formatted(image));
        addObjects(1, 2);
        storeImageEvent(image, "image.uploaded");
        storeImageEvent(image, "image.analysed");
        execute(
                """
                insert into image_statistics values ('anonymous', current_date, 1, 2)
                on conflict (owner, day) do update set images = image_statistics.images + 1
                """);
    }

    private static void addObjects(int first, int last) throws SQLException {
        execute(
                """
                insert into image_objects
                select '%s', number, 1, 1, 2, 2, 2, 2, 1, 3, 0.5 from generate_series(%d, %d) number
                on conflict do nothing
                """
                        .formatted(IMAGE, first, last));
    }

    private static void storeImageEvent(UUID image, String type) throws SQLException {
        store(UUID.randomUUID(), type, image.toString(), "{}".getBytes(UTF_8));
    }

    private static void store(UUID id, String type, String key, byte[] payload) throws SQLException {
        String insert =
                """
                insert into messages (id, type, key, caller, time, payload, fingerprint)
                values (?, ?, ?, 'anonymous', now(), ?, ?)
                """;
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setObject(1, id);
            statement.setString(2, type);
            statement.setString(3, key);
            statement.setBytes(4, payload);
            statement.setBytes(5, new byte[32]);
            statement.executeUpdate();
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(SERVERS.databaseUrl());
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        return source.getConnection(url.user(), url.password());
    }
}
