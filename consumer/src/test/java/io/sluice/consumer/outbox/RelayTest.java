package io.sluice.consumer.outbox;

import static io.sluice.testkit.Await.await;
import static io.sluice.testkit.OutboxRows.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import io.sluice.contract.Topic;
import io.sluice.testkit.OutboxRows;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the outbox onto the topic, through what can happen on the way. */
class RelayTest {

    private static final String EXPIRE = "update outbox_lease set holder = null, expires_at = clock_timestamp()";

    private static final String GIVE_TO_ANOTHER =
            "update outbox_lease set holder = gen_random_uuid(), expires_at = clock_timestamp() + interval '1 hour'";

    private static Servers servers;

    private final OutboxRows outbox = new OutboxRows(servers.addresses().databaseUrl());

    /** Another one for each test. */
    private final String aggregate = UUID.randomUUID().toString();

    private final String another = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        servers = Servers.start();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        outbox.execute("delete from outbox");
        outbox.execute(EXPIRE);
    }

    private static TestRelay relay() throws SQLException {
        return new TestRelay(servers.addresses(), "relay");
    }

    private static Records topic() {
        return new Records(servers.addresses().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
    }

    private static List<Event> of(String aggregate, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> new String(record.key(), UTF_8).equals(aggregate))
                .map(Records::event)
                .toList();
    }

    private static List<Event> awaitTopic(String aggregate, int count) {
        return of(aggregate, topic().await(records -> of(aggregate, records).size() >= count));
    }

    private static List<Event> onTopic(String aggregate) {
        return of(aggregate, topic().all());
    }

    private void awaitEmpty() {
        await().untilAsserted(() -> assertThat(outbox.count()).isZero());
    }

    @Test
    void eventsArePublishedAsTheyAreAndInTheOrderOfTheirAggregate() throws Exception {
        // Given
        Event[] events =
                IntStream.range(0, 100).mapToObj(i -> event(aggregate, i)).toArray(Event[]::new);
        Event other = event(another, 1);

        // When
        try (TestRelay relay = relay()) {
            outbox.add(events);
            outbox.add(other);
            awaitEmpty();

            // Then
            assertThat(onTopic(aggregate)).containsExactly(events);
            assertThat(onTopic(another)).containsExactly(other);
            assertThat(relay.metric("published")).isEqualTo(101);
            assertThat(relay.metric("leader")).isEqualTo(1);
            assertThat(relay.metric("failures", "dependency", "kafka")).isZero();
        }
    }

    @Test
    void aTransactionThatCommitsLateIsFoundByItsOwnNumber() throws Exception {
        try (TestRelay relay = relay();
                Connection late = outbox.connect()) {
            // Given
            late.setAutoCommit(false);
            OutboxRows.add(late, event(aggregate, 1));

            // When
            outbox.add(event(another, 1), event(another, 2));
            awaitTopic(another, 2);
            awaitEmpty();
            late.commit();

            // Then
            assertThat(awaitTopic(aggregate, 1)).hasSize(1);
            awaitEmpty();
            assertThat(relay.metric("published")).isEqualTo(3);
        }
    }

    @Test
    void ofTwoRelaysOnePublishesAndTheOtherTakesOverAtOnceWhereItIsStopped() throws Exception {
        try (TestRelay first = relay()) {
            await().until(first.status()::isLeading);
            try (TestRelay second = relay()) {
                // When
                outbox.add(event(aggregate, 1), event(aggregate, 2));
                awaitEmpty();

                // Then
                assertThat(first.metric("published")).isEqualTo(2);
                assertThat(second.metric("published")).isZero();
                assertThat(second.status().isLeading()).isFalse();
                assertThat(second.status().pause()).isEmpty();

                // When
                first.stop();

                // Then
                await().atMost(Duration.ofSeconds(5)).until(second.status()::isLeading);
                outbox.add(event(aggregate, 3));
                awaitEmpty();
                assertThat(onTopic(aggregate)).hasSize(3);
            }
        }
    }

    @Test
    void twoThatTakeEachOthersLeaseAgainAndAgainKeepTheOrder() throws Exception {
        // Given
        List<String> aggregates =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(20).toList();
        Random random = new Random(7);
        try (TestRelay first = relay();
                TestRelay second = relay();
                Connection connection = outbox.connect()) {
            // When
            for (int version = 1; version <= 50; version++) {
                for (String each : aggregates) {
                    OutboxRows.add(connection, event(each, version));
                    if (random.nextInt(20) == 0) {
                        // As if the holder had been stopped for as long as its lease, and did not know.
                        outbox.execute(EXPIRE);
                    }
                }
            }
            awaitEmpty();

            // Then
            List<ConsumerRecord<byte[], byte[]>> records = topic().all();
            for (String each : aggregates) {
                assertThat(of(each, records).stream().distinct().map(RelayTest::version))
                        .as("first occurrences of each version")
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, 50).boxed().toList());
            }
            assertThat(first.metric("published")).as("the first has published").isPositive();
            assertThat(second.metric("published"))
                    .as("the second has published")
                    .isPositive();
        }
    }

    private static int version(Event event) {
        return Integer.parseInt(new String(event.payload(), UTF_8).replaceAll(".*\"version\":(\\d+).*", "$1"));
    }

    @Test
    void aRelayWhoseLeaseAnotherOneHasTakenStandsBy() throws Exception {
        try (TestRelay relay = relay()) {
            // Given
            await().until(relay.status()::isLeading);

            // When
            outbox.execute(GIVE_TO_ANOTHER);

            // Then
            await().until(() -> !relay.status().isLeading());
            outbox.add(event(aggregate, 1));
            assertThat(relay.metric("leader")).isZero();
            assertThat(onTopic(aggregate)).isEmpty();

            // When: the other one died
            outbox.execute(EXPIRE);

            // Then
            awaitTopic(aggregate, 1);
        }
    }

    @Test
    void whatIsBehindAnEventThatKafkaRefusesWaitsAndAllElseGoesOn() throws Exception {
        // Given
        Event[] events = {event(aggregate, 1), event(aggregate, 2, "x".repeat(20_000)), event(aggregate, 3)};
        maxMessageBytes("10000");
        try (TestRelay relay = relay()) {
            // When
            outbox.add(events);
            outbox.add(event(another, 1), event(another, 2));

            // Then
            awaitTopic(another, 2);
            await().until(() -> relay.status().held().isPresent());
            assertThat(relay.status().held().orElseThrow()).startsWith("1 held, whose next event Kafka refuses: ");
            assertThat(relay.status().pause()).isEmpty();
            assertThat(relay.metric("failures", "dependency", "event")).isPositive();
            assertThat(onTopic(aggregate)).containsExactly(events[0]);

            // When
            outbox.add(event(another, 3));
            awaitTopic(another, 3);
            maxMessageBytes(Integer.toString(Topic.MESSAGES.maxMessageBytes()));

            // Then
            awaitEmpty();
            assertThat(onTopic(aggregate)).containsExactly(events);
            await().until(() -> relay.status().held().isEmpty());
        } finally {
            maxMessageBytes(Integer.toString(Topic.MESSAGES.maxMessageBytes()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from outbox", GIVE_TO_ANOTHER})
    void whatIsNotThisRelaysToPublishAnyMoreIsNotHeld(String change) throws Exception {
        // Given
        maxMessageBytes("10000");
        try (TestRelay relay = relay()) {
            outbox.add(event(aggregate, 1, "x".repeat(20_000)));
            await().until(() -> relay.status().held().isPresent());

            // When
            outbox.execute(change);

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> relay.status().held().isEmpty());
        } finally {
            maxMessageBytes(Integer.toString(Topic.MESSAGES.maxMessageBytes()));
        }
    }

    private static void maxMessageBytes(String bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.MESSAGES.name(""));
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.addresses().kafkaBootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
        }
    }

    @Test
    void whatIsAcknowledgedAndCannotBeDeletedIsDeletedLaterAndNotSentAgain() throws Exception {
        // Given
        outbox.execute(
                """
                create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
                create trigger refuse before delete on outbox execute function refuse()""");
        try (TestRelay relay = relay()) {
            // When
            outbox.add(event(aggregate, 1), event(aggregate, 2));

            // Then
            await().until(() -> relay.status().pause().isPresent());
            assertThat(relay.status().pause()).contains("PostgreSQL: P0001 ERROR: refused");
            assertThat(relay.metric("failures", "dependency", "database")).isPositive();
            assertThat(outbox.count()).isEqualTo(2);

            // When
            outbox.execute("drop function refuse cascade");

            // Then
            awaitEmpty();
            await().until(() -> relay.status().pause().isEmpty());
            assertThat(onTopic(aggregate)).hasSize(2);
        } finally {
            outbox.execute("drop function if exists refuse cascade");
        }
    }

    @Test
    void kafkaMayBeAway() throws Exception {
        try (TestRelay relay = relay()) {
            // Given
            outbox.add(event(aggregate, 1));
            awaitEmpty();

            // When
            servers.kafka().kill();
            List<Event> events = new ArrayList<>();
            for (int version = 2; version <= 20; version++) {
                events.add(event(aggregate, version));
            }
            outbox.add(events.toArray(Event[]::new));

            // Then
            await().until(() -> relay.status().pause().isPresent());
            assertThat(relay.status().pause().orElseThrow()).startsWith("Kafka: ");
            assertThat(relay.metric("failures", "dependency", "kafka")).isPositive();
            assertThat(relay.metric("leader")).isEqualTo(1);

            // When
            servers.kafka().start();

            // Then
            awaitEmpty();
            assertThat(onTopic(aggregate).stream().distinct().map(RelayTest::version))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).boxed().toList());
            await().until(() -> relay.status().pause().isEmpty());
        }
    }

    @Test
    void whatWaitsIsMeasuredByWhoeverStandsByAsWell() throws Exception {
        // Given
        outbox.execute(GIVE_TO_ANOTHER);
        outbox.add(event(aggregate, 1), event(aggregate, 2));
        outbox.execute("update outbox set created_at = created_at - interval '1 hour'");

        // When
        try (TestRelay relay = relay()) {
            // Then
            await().untilAsserted(() -> assertThat(relay.metric("backlog")).isEqualTo(2));
            assertThat(relay.metric("oldest.event.age")).isBetween(3_600.0, 3_700.0);
            assertThat(relay.metric("leader")).isZero();
        }
    }
}
