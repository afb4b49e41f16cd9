package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Topic;
import io.sluice.local.Program;
import io.sluice.testkit.OutboxRows;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packaged consumers that publish the outbox while they are killed and stopped, and Kafka is away: each version of each thing is stored once, in order. */
class OutboxIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    static Path folder;

    private static Servers servers;
    private static OutboxRows outbox;

    private final String task = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        servers = Servers.start();
        outbox = new OutboxRows(servers.addresses().databaseUrl());
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private static Program consumer(String name, String features) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Map<String, String> environment = new HashMap<>(servers.addresses().environment());
        environment.put("FEATURES", features);
        return Program.start(PROJECT, "consumer", own, environment);
    }

    private static boolean publishes(Program consumer) {
        return new Client(consumer.url()).get("/health").text().contains("publishes events of features");
    }

    @Test
    void whatIsAcknowledgedWhenTheRelayIsKilledIsSentAgainAndStoredOnce() throws Exception {
        // Given: a deletion that does not come to its end
        outbox.execute(
                """
                create function hang() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return null; end $$;
                create trigger hang before delete on outbox execute function hang()""");
        try (Program killed = consumer("killed", "all")) {
            outbox.add(OutboxRows.event(task, 1));
            awaitOnTopic(1);
            outbox.add(OutboxRows.event(task, 2));
            await().until(() -> count("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") > 0);

            // When
            killed.kill();
        }
        outbox.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'");
        outbox.execute("drop function hang cascade");
        // Features that are disabled meanwhile leave events behind, which are published all the same.
        try (Program successor = consumer("successor", "none")) {
            // Then
            awaitPublished();
            awaitOnTopic(3);
            await().until(() -> stored().size() == 2);
            assertThat(publishes(successor)).isTrue();
            assertThat(onTopic()).containsExactly(1L, 1L, 2L);
            assertThat(stored()).containsExactly(1L, 2L);
            assertThat(count("select count(*) from task_activity where task_id = '%s'".formatted(task)))
                    .isEqualTo(2);
        }
    }

    @Test
    @Tag("matrix")
    void aRelayThatIsStoppedPastItsLeaseLosesAndReordersNothing() throws Exception {
        try (Program one = consumer("one", "all");
                Program other = consumer("other", "all")) {
            // Given
            await().until(() -> publishes(one) || publishes(other));
            boolean oneLeads = publishes(one);
            Suspension stopped = new Suspension((oneLeads ? one : other).process());
            long version = 0;

            // When
            for (; version < 100; version++) {
                outbox.add(OutboxRows.event(task, version + 1));
            }
            stopped.begin();
            try {
                for (; version < 200; version++) {
                    outbox.add(OutboxRows.event(task, version + 1));
                }
                await().until(() -> publishes(oneLeads ? other : one));
                for (; version < 300; version++) {
                    outbox.add(OutboxRows.event(task, version + 1));
                }
                awaitPublished();
            } finally {
                stopped.end();
            }
            for (; version < 400; version++) {
                outbox.add(OutboxRows.event(task, version + 1));
            }
            awaitPublished();

            // Then
            await().until(() -> stored().size() == 400);
            List<Long> each = LongStream.rangeClosed(1, 400).boxed().toList();
            assertThat(onTopic().stream().distinct()).containsExactlyElementsOf(each);
            assertThat(stored()).containsExactlyElementsOf(each);
            assertThat(publishes(one) && publishes(other)).isFalse();
        }
    }

    @Test
    @Tag("slow")
    void whatIsCommittedWhileKafkaIsAwayForAMinuteIsPublishedInOrderWhenItIsBack() throws Exception {
        try (Program consumer = consumer("patient", "all")) {
            // Given
            outbox.add(OutboxRows.event(task, 1));
            awaitPublished();
            servers.kafka().kill();

            // When
            long version = 1;
            for (long end = System.nanoTime() + MINUTE; System.nanoTime() < end; Thread.sleep(20)) {
                outbox.add(OutboxRows.event(task, ++version));
            }
            assertThat(outbox.count()).isEqualTo(version - 1);
            servers.kafka().start();

            // Then
            awaitPublished();
            long last = version;
            await().until(() -> stored().size() == last);
            List<Long> each = LongStream.rangeClosed(1, last).boxed().toList();
            assertThat(onTopic().stream().distinct()).containsExactlyElementsOf(each);
            assertThat(stored()).containsExactlyElementsOf(each);
            assertThat(publishes(consumer)).isTrue();
        }
    }

    private void awaitPublished() {
        await().until(() -> outbox.count() == 0);
    }

    private void awaitOnTopic(int records) {
        topic().await(all -> versions(all.stream().map(record -> new String(record.value(), UTF_8)))
                        .size()
                >= records);
    }

    private List<Long> onTopic() {
        return versions(topic().all().stream().map(record -> new String(record.value(), UTF_8)));
    }

    /** In the order in which they were stored. */
    private List<Long> stored() throws SQLException {
        try (Connection connection = outbox.connect();
                PreparedStatement select = connection.prepareStatement(
                        "select convert_from(payload, 'UTF8') from messages where key = ? order by stored_at, seq")) {
            select.setString(1, task);
            List<String> payloads = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    payloads.add(rows.getString(1));
                }
            }
            return versions(payloads.stream());
        }
    }

    private List<Long> versions(Stream<String> payloads) {
        return payloads.filter(payload -> payload.contains(task))
                .map(payload -> Long.valueOf(payload.replaceAll(".*\"version\":(\\d+).*", "$1")))
                .toList();
    }

    private static Records topic() {
        return new Records(servers.addresses().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = outbox.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
