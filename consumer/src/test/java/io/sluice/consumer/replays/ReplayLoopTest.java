package io.sluice.consumer.replays;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.consumer.intake.IdempotentHandler;
import io.sluice.consumer.intake.ReceivedEvent;
import io.sluice.contract.Event;
import io.sluice.contract.ReplayHandler;
import io.sluice.contract.ReplayHeader;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the table of messages onto the topic, through what can happen on the way. */
class ReplayLoopTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static final String REFUSE_PROGRESS =
            """
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
            create trigger refuse before update of position on replays execute function refuse()""";

    private static Servers servers;

    private final ReplayRows rows = new ReplayRows(servers.addresses().databaseUrl());
    private final String key = "customer-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        servers = Servers.start();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void empty() {
        rows.execute("truncate replays, messages");
    }

    private static TestReplayLoop loop() throws SQLException {
        return new TestReplayLoop(servers.addresses());
    }

    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(UUID replay) {
        return of(replay, new Records(servers.addresses().kafkaBootstrapServers(), Topic.MESSAGES.name("")).all());
    }

    private static List<ConsumerRecord<byte[], byte[]>> of(UUID replay, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> record.headers().lastHeader(ReplayHeader.ID) != null
                        && new String(
                                        record.headers()
                                                .lastHeader(ReplayHeader.ID)
                                                .value(),
                                        UTF_8)
                                .equals(replay.toString()))
                .toList();
    }

    private static List<Event> sent(UUID replay) {
        return recordsOf(replay).stream().map(Records::event).toList();
    }

    private void awaitSummary(UUID replay, String summary) {
        await().untilAsserted(() -> assertThat(rows.summary(replay)).isEqualTo(summary));
    }

    private Event[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> Events.with().key(key).payload(Integer.toString(i)).build())
                .toArray(Event[]::new);
    }

    @Test
    void theEventsOfAKeyAreSentAsTheyWereAndInTheOrderOfStoring() throws Exception {
        // Given
        Event[] events = many(450);
        events[7] = Events.with()
                .type("order.placed")
                .key(key)
                .subject("orders/42")
                .caller("https://login.example.com/bob")
                .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .payload(" {\"b\": 1.0}\n")
                .build();
        rows.store(NOON, events);
        rows.store(NOON, Events.with().key(key + "-other").build(), Events.any());

        // When
        UUID replay = rows.orderKey(key);
        try (TestReplayLoop loop = loop()) {
            // Then
            awaitSummary(replay, "done 450 sent 0 erased");
            assertThat(sent(replay)).containsExactly(events);
            assertThat(new String(recordsOf(replay).get(0).key(), UTF_8)).isEqualTo(key);
            assertThat(loop.metric("sent")).isEqualTo(450);
            assertThat(rows.column("key", replay)).isNull();
            assertThat(rows.column("key_sha256", replay)).isNotNull();
            assertThat(rows.column("ended_at", replay)).isNotNull();
        }
    }

    @Test
    void ofARangeThatIsSentWhichWasStoredInItAndTheCallerMayRead() throws Exception {
        // Given
        Event before = Events.any();
        Event first = Events.with().type("a").build();
        Event second = Events.with().type("b").build();
        Event own = Events.with()
                .type("task.created")
                .caller(Event.OUTBOX)
                .owner("alice")
                .build();
        Event anothers = Events.with()
                .type("task.created")
                .caller(Event.OUTBOX)
                .owner("bob")
                .build();
        Event erased = Events.any();
        Event after = Events.any();
        rows.store(NOON.minusMillis(1), before);
        rows.store(NOON, first);
        rows.store(NOON.plusSeconds(1), second, own, anothers, erased);
        rows.store(NOON.plusSeconds(60), after);
        rows.execute(
                "update messages set erased_at = now(), type = 'erased', payload = 'null' where id = ?", erased.id());

        // When
        UUID all = rows.order(NOON, NOON.plusSeconds(60), null, null);
        UUID ofType = rows.order(NOON, NOON.plusSeconds(60), null, "b");
        UUID nothing = rows.order(NOON.plusSeconds(2), NOON.plusSeconds(3), null, null);
        try (TestReplayLoop loop = loop()) {
            // Then
            awaitSummary(all, "done 3 sent 1 erased");
            awaitSummary(ofType, "done 1 sent 0 erased");
            awaitSummary(nothing, "done 0 sent 0 erased");
            assertThat(sent(all)).containsExactlyInAnyOrder(first, second, own);
            assertThat(sent(ofType)).containsExactly(second);
            assertThat(loop.metric("failures", "dependency", "kafka")).isZero();
        }
    }

    @Test
    void whatIsAcknowledgedAndNotSavedIsSentAgainAndCountedOnce() throws Exception {
        // Given
        Event[] events = many(250);
        rows.store(NOON, events);
        rows.execute(REFUSE_PROGRESS);
        UUID replay = rows.orderKey(key);
        try (TestReplayLoop loop = loop()) {
            // When: it is as if the consumer had died each time between the two
            await().until(() -> loop.metric("failures", "dependency", "database") >= 2);

            // Then
            assertThat(rows.summary(replay)).isEqualTo("running 0 sent 0 erased");
            assertThat(rows.column("position", replay)).isNull();

            // When
            rows.execute("drop function refuse cascade");

            // Then
            awaitSummary(replay, "done 250 sent 0 erased");
            assertThat(sent(replay)).hasSizeGreaterThan(250 + StoredEvents.MAX_ROWS);
            assertThat(sent(replay).stream().distinct()).containsExactly(events);
        } finally {
            rows.execute("drop function if exists refuse cascade");
        }
    }

    @Test
    void kafkaMayBeAwayInTheMiddle() throws Exception {
        // Given
        Event[] events = many(300);
        rows.store(NOON, events);
        rows.execute(REFUSE_PROGRESS
                .replace("before update", "after update")
                .replace("execute", "for each row when (old.position is not null) execute"));
        UUID replay = rows.orderKey(key);
        try (TestReplayLoop loop = loop()) {
            awaitSummary(replay, "running 200 sent 0 erased");

            // When: the first page is saved, and the second is not
            servers.kafka().kill();

            // Then
            await().until(() -> loop.metric("failures", "dependency", "kafka") >= 1);
            await().untilAsserted(() -> assertThat(rows.column("reason", replay))
                    .isEqualTo("Kafka does not take the events for the moment; it goes on by itself."));

            // When
            rows.execute("drop function refuse cascade");
            servers.kafka().start();

            // Then
            awaitSummary(replay, "done 300 sent 0 erased");
            assertThat(rows.column("reason", replay)).isNull();
            assertThat(sent(replay).stream().distinct()).containsExactly(events);
        } finally {
            rows.execute("drop function if exists refuse cascade");
        }
    }

    @Test
    void whatAnotherConsumerHeldIsTakenOverOnceThatIsOver() throws Exception {
        // Given: the other one has died behind the first of two events
        Event[] events = many(2);
        rows.store(NOON, events);
        UUID replay = rows.orderKey(key);
        rows.execute(
                """
                update replays set status = 'running', holder = gen_random_uuid(), held_until = clock_timestamp() + interval '3 seconds',
                       position = (select stored_at from messages where id = ?), sent = 1,
                       position_seq = (select seq from messages where id = ?)
                 where id = ?""",
                events[0].id(),
                events[0].id(),
                replay);
        Event other = Events.with().key(key + "-other").build();
        rows.store(NOON, other);
        UUID free = rows.orderKey(key + "-other");
        try (TestReplayLoop loop = loop()) {
            // Then
            awaitSummary(free, "done 1 sent 0 erased");
            assertThat(rows.summary(replay)).isEqualTo("running 1 sent 0 erased");
            awaitSummary(replay, "done 2 sent 0 erased");
            assertThat(sent(replay)).containsExactly(events[1]);
            assertThat(loop.metric("sent")).isEqualTo(2);
        }
    }

    @Test
    void whoeverIsStoppedGivesItBackAtOnceAndWhoHasLostItChangesNothing() throws Exception {
        // Given
        Event[] events = many(2);
        rows.store(NOON, events);
        rows.execute(REFUSE_PROGRESS);
        UUID replay = rows.orderKey(key);
        try (TestReplayLoop first = loop()) {
            await().until(() -> first.metric("failures", "dependency", "database") >= 1);

            // When
            first.stop();

            // Then
            assertThat(rows.column("holder", replay)).isNull();
            rows.execute("drop function refuse cascade");
            try (TestReplayLoop second = loop()) {
                await().atMost(Duration.ofSeconds(8))
                        .until(() -> rows.summary(replay).equals("done 2 sent 0 erased"));
                assertThat(second.metric("sent")).isEqualTo(2);
            }
        } finally {
            rows.execute("drop function if exists refuse cascade");
        }
    }

    @Test
    void whatIsCancelledIsNotGoneOnWith() throws Exception {
        // Given
        rows.store(NOON, many(3));
        rows.execute(REFUSE_PROGRESS);
        UUID replay = rows.orderKey(key);
        try (TestReplayLoop loop = loop()) {
            await().until(() -> loop.metric("failures", "dependency", "database") >= 1);

            // When: as the api does
            rows.execute("update replays set status = 'cancelled', key = null, ended_at = now() where id = ?", replay);
            rows.execute("drop function refuse cascade");

            // Then
            UUID next = rows.orderKey(key);
            awaitSummary(next, "done 3 sent 0 erased");
            assertThat(rows.summary(replay)).isEqualTo("cancelled 0 sent 0 erased");
        } finally {
            rows.execute("drop function if exists refuse cascade");
        }
    }

    @Test
    void whatIsUnderWayWhenItIsOrderedIsWaitedFor() throws Exception {
        // Given
        Event late = Events.with().key(key).build();
        UUID replay;
        try (var transaction = rows.connect()) {
            transaction.setAutoCommit(false);
            try (var insert = transaction.prepareStatement(
                    """
                    insert into messages (id, type, key, caller, time, payload, fingerprint, stored_at)
                    values (?, ?, ?, ?, now(), ?, ?, clock_timestamp())""")) {
                insert.setObject(1, late.id());
                insert.setString(2, late.type());
                insert.setString(3, late.key());
                insert.setString(4, late.caller());
                insert.setBytes(5, late.payload());
                insert.setBytes(6, late.fingerprint().bytes());
                insert.executeUpdate();
            }
            replay = rows.order(null, Instant.now().plusMillis(1), key, null);
            UUID other = rows.order(null, NOON, key, null);
            try (TestReplayLoop loop = loop()) {
                awaitSummary(other, "done 0 sent 0 erased");
                assertThat(rows.summary(replay)).isEqualTo("queued 0 sent 0 erased");

                // When
                transaction.commit();

                // Then
                awaitSummary(replay, "done 1 sent 0 erased");
                assertThat(loop.metric("sent")).isEqualTo(1);
            }
        }
    }

    @Test
    void whatKafkaRefusesForWhatItIsEndsItWithTheReason() throws Exception {
        // Given
        Event large =
                Events.with().key(key).payload("\"" + "x".repeat(20_000) + "\"").build();
        rows.store(NOON, large);
        maxMessageBytes("10000");
        UUID replay = rows.orderKey(key);
        try (TestReplayLoop loop = loop()) {
            // Then
            awaitSummary(replay, "failed 0 sent 0 erased");
            assertThat(rows.column("reason", replay))
                    .isEqualTo("Kafka refuses the event %s: it is too large for the topic, or not valid there."
                            .formatted(large.id()));
            assertThat(loop.metric("sent")).isZero();
        } finally {
            maxMessageBytes(Integer.toString(Topic.MESSAGES.maxMessageBytes()));
        }
    }

    @Test
    void aPageThatCannotBeReadEndsItsReplayAndHoldsUpNoOther() throws Exception {
        // Given: what PostgreSQL says of a row whose page is damaged
        Event[] events = many(201);
        rows.store(NOON, events);
        Event other = Events.with().key(key + "-other").build();
        rows.store(NOON, other);
        rows.execute(
                """
                create function damaged(id uuid, payload bytea) returns bytea language plpgsql stable as $$ begin
                    if id = '%s' then raise data_corrupted using message = 'missing chunk number 0 for toast value 7'; end if;
                    return payload; end $$;
                alter table messages rename to undamaged;
                create view messages as select id, seq, stored_at, type, key, subject, caller, owner, time, traceparent, erased_at,
                    damaged(id, payload) as payload from undamaged"""
                        .formatted(events[200].id()));
        try (TestReplayLoop loop = loop()) {
            // When
            UUID replay = rows.orderKey(key);
            UUID next = rows.orderKey(key + "-other");

            // Then
            await().untilAsserted(() -> assertThat(rows.summary(next)).isEqualTo("done 1 sent 0 erased"));
            assertThat(rows.summary(replay)).isEqualTo("failed 200 sent 0 erased");
            assertThat(rows.column("reason", replay)).startsWith("PostgreSQL cannot read a stored event");
            assertThat(rows.column("key", replay)).isNull();
            assertThat(sent(replay)).containsExactly(Arrays.copyOf(events, 200));
            assertThat(loop.metric("failures", "dependency", "database")).isEqualTo(ReadFailures.MAX);
        } finally {
            rows.execute("drop view messages; alter table undamaged rename to messages; drop function damaged");
        }
    }

    @Test
    void aHandlerThatFailsForAnEventEndsTheReplayAndNothingIsHalfDone() throws Exception {
        // Given: the second of two events of one page
        rows.execute("create table effects (payload bytea check (payload <> '2'))");
        rows.store(
                NOON,
                Events.with().key(key).payload("1").build(),
                Events.with().key(key).payload("2").build());
        try (TestReplayLoop loop = new TestReplayLoop(servers.addresses(), new Effects())) {
            // When
            UUID replay = rows.orderForHandler(new Effects().name().code(), Event.DEFAULT_TYPE);
            UUID unknown = rows.orderForHandler("nobody", Event.DEFAULT_TYPE);

            // Then
            awaitSummary(replay, "failed 0 sent 0 erased");
            assertThat(rows.column("reason", replay)).contains("the handler fails for it");
            awaitSummary(unknown, "failed 0 sent 0 erased");
            assertThat(loop.metric("sent")).isZero();
            try (Connection connection = rows.connect();
                    Statement select = connection.createStatement();
                    ResultSet effects = select.executeQuery("select from effects")) {
                assertThat(effects.next()).isFalse();
            }
        } finally {
            rows.execute("drop table effects");
        }
    }

    /** Adds a row for each event. */
    private static final class Effects implements IdempotentHandler {

        @Override
        public ReplayHandler name() {
            return ReplayHandler.TASK_ACTIVITY;
        }

        @Override
        public void handle(Connection connection, List<ReceivedEvent> stored) {
            throw new AssertionError("these are no new events");
        }

        @Override
        public void handleAgain(Connection connection, List<Event> events) throws SQLException {
            for (Event event : events) {
                try (PreparedStatement insert = connection.prepareStatement("insert into effects values (?)")) {
                    insert.setBytes(1, event.payload());
                    insert.executeUpdate();
                }
            }
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
}
