package io.sluice.api.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.database.Sql;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.Event;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.settings.Environment;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.Setting;
import io.sluice.testkit.Records;
import io.sluice.testkit.SluiceServers;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class OutboxTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Instant NOW = Instant.parse("2026-11-28T03:04:05.678Z");

    private final Sql sql;
    private final Outbox outbox;

    OutboxTest(Sql sql) {
        this.sql = sql;
        this.outbox = outbox("all", new OutboxBacklog(new SimpleMeterRegistry()));
    }

    private static Outbox outbox(String features, OutboxBacklog backlog) {
        FeatureSettings settings =
                Environment.read(Map.of(Setting.FEATURES.name(), features)::get, FeatureSettings::new);
        return new Outbox(settings, backlog, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeEach
    void empty() {
        rows("delete from outbox returning seq", row -> row.getLong(1));
    }

    private <T> List<T> rows(String query, Sql.Rows<T> each) {
        return sql.query(query, List.of(), rows -> {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(each.read(rows));
            }
            return all;
        });
    }

    private void add(Outbox to, FeatureEvent... events) {
        sql.inTransaction(transaction -> {
            for (FeatureEvent event : events) {
                to.add(transaction, event);
            }
            return "committed";
        });
    }

    private static FeatureEvent event(UUID aggregate, int version) {
        return new FeatureEvent(
                "task.updated",
                aggregate,
                "https://id.example.com/Zoë",
                TRACEPARENT,
                "{\"version\":%d}".formatted(version).getBytes(UTF_8));
    }

    @Test
    void aRowIsTheRecordOfTheEvent() {
        // Given
        UUID task = UUID.randomUUID();

        // When
        add(outbox, event(task, 1), event(task, 2));

        // Then
        List<Event> events = rows("select * from outbox order by seq", OutboxTest::decode);
        assertThat(events)
                .extracting(event -> new String(event.payload(), UTF_8))
                .containsExactly("{\"version\":1}", "{\"version\":2}");
        Event first = events.get(0);
        assertThat(first)
                .isEqualTo(new Event(
                        first.id(),
                        "task.updated",
                        task.toString(),
                        null,
                        NOW,
                        "urn:sluice:outbox",
                        "https://id.example.com/Zoë",
                        TRACEPARENT,
                        "{\"version\":1}".getBytes(UTF_8)));
        assertThat(rows("select event_id from outbox order by seq", row -> row.getObject(1)))
                .isEqualTo(events.stream().map(Event::id).toList());
        assertThat(rows("select distinct aggregate from outbox", row -> row.getString(1)))
                .containsExactly(task.toString());
        assertThat(rows("select distinct record_key from outbox", row -> new String(row.getBytes(1), UTF_8)))
                .containsExactly(task.toString());
    }

    private static Event decode(ResultSet row) throws SQLException {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("messages", 0, 0, row.getBytes("record_key"), row.getBytes("record_value"));
        String[] keys = (String[]) array(row, "header_keys");
        byte[][] values = (byte[][]) array(row, "header_values");
        for (int i = 0; i < keys.length; i++) {
            record.headers().add(keys[i], values[i]);
        }
        return Records.event(record);
    }

    private static Object array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array.getArray();
    }

    @Test
    void aTransactionThatIsRolledBackLeavesNoEvent() {
        assertThatThrownBy(() -> sql.inTransaction(transaction -> {
                    outbox.add(transaction, event(UUID.randomUUID(), 1));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");

        assertThat(rows("select seq from outbox", row -> row.getLong(1))).isEmpty();
    }

    @Test
    void withoutMessagesThereIsNoEvent() {
        add(outbox("none", new OutboxBacklog(new SimpleMeterRegistry())), event(UUID.randomUUID(), 1));

        assertThat(rows("select seq from outbox", row -> row.getLong(1))).isEmpty();
    }

    @Test
    void aTypeThatClientsCanPostIsRefused() {
        assertThatThrownBy(() -> new FeatureEvent("order.placed", UUID.randomUUID(), "alice", null, new byte[0]))
                .hasMessage("the type order.placed is not reserved for features");
    }

    @Test
    void whatWaitsIsBounded() {
        // Given
        AtomicLong nanoTime = new AtomicLong();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Outbox bounded = outbox("all", new OutboxBacklog(2, nanoTime::get, registry));
        add(bounded, event(UUID.randomUUID(), 1));
        add(bounded, event(UUID.randomUUID(), 1), event(UUID.randomUUID(), 1));

        // When
        nanoTime.addAndGet(1_000_000_000);

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> add(bounded, event(UUID.randomUUID(), 1)))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.OVERLOADED);
                    assertThat(problem.getMessage())
                            .isEqualTo(
                                    "3 events wait to be published, and no more can; nothing was changed. Try again later.");
                    assertThat(problem.headers()).containsEntry("Retry-After", "10");
                });
        assertThat(rows("select seq from outbox", row -> row.getLong(1))).hasSize(3);
        assertThat(registry.get("sluice.api.outbox.backlog").gauge().value()).isEqualTo(3);

        // When
        empty();

        // Then: it is looked at once a second
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> add(bounded, event(UUID.randomUUID(), 1)));
        nanoTime.addAndGet(1_000_000_000);
        add(bounded, event(UUID.randomUUID(), 1));
    }

    @Test
    void anOldEventBesideManyThatHaveGoneSinceIsOne() {
        // Given
        AtomicLong nanoTime = new AtomicLong();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Outbox bounded = outbox("all", new OutboxBacklog(2, nanoTime::get, registry));
        UUID old = UUID.randomUUID();
        add(bounded, event(old, 1));
        for (int i = 0; i < 5; i++) {
            add(bounded, event(UUID.randomUUID(), i));
        }
        rows("delete from outbox where aggregate <> '%s' returning seq".formatted(old), row -> row.getLong(1));
        add(bounded, event(UUID.randomUUID(), 1));

        // When
        nanoTime.addAndGet(1_000_000_000);
        add(bounded, event(UUID.randomUUID(), 1));

        // Then
        assertThat(registry.get("sluice.api.outbox.backlog").gauge().value()).isEqualTo(2);
    }
}
