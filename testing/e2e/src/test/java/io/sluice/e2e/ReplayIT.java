package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.ReplayHeader;
import io.sluice.contract.Topic;
import io.sluice.local.Program;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.OutboxRows;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged consumer is killed in the middle of a replay, and another one goes on with it. */
class ReplayIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    static Path folder;

    private static Servers servers;
    private static OutboxRows database;

    private final UUID replay = UUID.randomUUID();
    private final String key = "customer-" + replay;

    @BeforeAll
    static void start() {
        servers = Servers.start();
        database = new OutboxRows(servers.addresses().databaseUrl());
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private static Program consumer(String name) throws IOException {
        return Program.start(
                PROJECT,
                "consumer",
                Files.createDirectories(folder.resolve(name)),
                servers.addresses().environment());
    }

    @Test
    void whatIsAcknowledgedWhenTheConsumerIsKilledIsSentAgainAndStoredAndCountedOnce() throws Exception {
        // Given: 250 stored events, of which the second page is acknowledged and not saved
        List<Event> events = IntStream.range(0, 250)
                .mapToObj(
                        i -> Events.with().key(key).payload(Integer.toString(i)).build())
                .toList();
        Messages messages = new Messages(servers.addresses().databaseUrl());
        database.execute(
                """
                create function hang() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return null; end $$;
                create trigger hang before update of position on replays
                    for each row when (old.position is not null) execute function hang()""");
        try (Program killed = consumer("killed")) {
            publish(events);
            await().until(() -> messages.count() == events.size());
            database.execute(
                    """
                    insert into replays (id, owner, fingerprint, key, key_sha256, until)
                    values ('%s', 'alice', sha256(''), '%s', sha256('%2$s'), clock_timestamp())"""
                            .formatted(replay, key));
            await().until(() -> "1".equals(text("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")));
            assertThat(replayed()).containsExactlyElementsOf(events);
            assertThat(summary()).isEqualTo("running 200");

            // When
            killed.kill();
        }
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'");
        database.execute("drop function hang cascade");
        try (Program successor = consumer("successor")) {
            // Then
            await().until(() -> summary().equals("done 250"));
            List<Event> replayed = replayed();
            assertThat(replayed.subList(0, 250)).containsExactlyElementsOf(events);
            assertThat(replayed.subList(250, replayed.size())).containsExactlyElementsOf(events.subList(200, 250));

            // When: behind all of them in the same partition
            Event last = Events.with().key(key).build();
            publish(List.of(last));
            await().until(() -> messages.find(last.id()).isPresent());

            // Then
            assertThat(messages.count()).isEqualTo(events.size() + 1L);
            assertThat(text("select count(*) from dead_letters")).isEqualTo("0");
            assertThat(new Client(successor.url()).get("/health").status()).isEqualTo(200);
        }
    }

    private static void publish(List<Event> events) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.addresses().kafkaBootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = events.stream()
                    .map(event -> producer.send(EventCodec.encode(event, Topic.MESSAGES.name(""))))
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private List<Event> replayed() {
        return new Records(servers.addresses().kafkaBootstrapServers(), Topic.MESSAGES.name(""))
                .all().stream()
                        .filter(record -> record.headers().lastHeader(ReplayHeader.ID) != null
                                && replay.toString()
                                        .equals(new String(
                                                record.headers()
                                                        .lastHeader(ReplayHeader.ID)
                                                        .value(),
                                                UTF_8)))
                        .map(Records::event)
                        .toList();
    }

    private String summary() throws SQLException {
        return text("select status || ' ' || sent from replays where id = '%s'".formatted(replay));
    }

    private static String text(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
