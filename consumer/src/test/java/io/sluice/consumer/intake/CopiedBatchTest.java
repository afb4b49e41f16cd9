package io.sluice.consumer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.runtime.database.Transaction;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches large enough to be copied. Rows that were copied together have the same time. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class CopiedBatchTest {

    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final BatchProcessor processor;
    private final MessageTable table;
    private final AgroalDataSource pool;

    CopiedBatchTest(BatchProcessor processor, MessageTable table, AgroalDataSource pool) {
        this.processor = processor;
        this.table = table;
        this.pool = pool;
    }

    @BeforeEach
    void storeWithoutDuplicates() {
        processor.begin(Batches.of(Events.any())).join();
    }

    @Test
    void eventsAreStoredAsTheyAreInTheirOrder() {
        // Given
        List<Event> events = events(
                () -> Events.with()
                        .type("a.type")
                        .key("Schlüssel 🔑")
                        .subject("s")
                        .caller("c")
                        .owner("o")
                        .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .payload("[\"" + "x".repeat(200_000) + "\"]")
                        .build(),
                () -> Events.with().time(Instant.parse("0001-01-01T00:00:00Z")).build(),
                () -> Events.with()
                        .time(Instant.parse("1999-12-31T23:59:59.999Z"))
                        .build(),
                () -> Events.with()
                        .time(Instant.parse("9999-12-31T23:59:59.999Z"))
                        .build(),
                Events::any);

        // When
        Outcome outcome = processor.begin(batch(events)).join();

        // Then
        assertThat(outcome).isEqualTo(new Outcome(events.size(), 0, List.of()));
        assertThat(rows(events)).extracting(Messages.Row::event).isEqualTo(events);
        assertThat(rows(events).stream().map(Messages.Row::storedAt).distinct()).hasSize(1);
    }

    @Test
    void amongEventsOneThatIsStoredIsADuplicateAndOneOfItsIdADeadLetter() {
        // Given
        Event stored = Events.any();
        processor.begin(Batches.of(stored)).join();
        Event other = Events.with().id(stored.id()).payload("\"other\"").build();
        List<Event> added = events(Events::any);
        List<Event> events = new ArrayList<>(added);
        events.add(50, stored);
        events.add(70, other);

        // When
        Outcome outcome = processor.begin(batch(events)).join();

        // Then
        assertThat(outcome.stored()).isEqualTo(added.size());
        assertThat(outcome.duplicates()).isEqualTo(1);
        assertThat(outcome.rejected())
                .extracting(DeadLetter::reason)
                .containsExactly(DeadLetterReason.IDEMPOTENCY_CONFLICT);
        assertThat(rows(added)).extracting(Messages.Row::event).isEqualTo(added);
    }

    @Test
    void ofTwoEventsOfOneIdTheFirstIsStored() {
        // Given
        List<Event> added = events(Events::any);
        List<Event> events = new ArrayList<>(added);
        events.add(Events.with().id(added.get(3).id()).payload("\"other\"").build());

        // When
        Outcome outcome = processor.begin(batch(events)).join();

        // Then
        assertThat(outcome.stored()).isEqualTo(added.size());
        assertThat(outcome.rejected()).hasSize(1);
        assertThat(rows(added)).extracting(Messages.Row::event).isEqualTo(added);
    }

    @Test
    void aTableWithRowLevelSecurityIsInsertedInto() throws Exception {
        // Given
        List<Event> events = events(Events::any);
        execute("alter table messages enable row level security, force row level security");
        execute("create policy everything on messages using (true) with check (true)");

        // When
        try {
            assertThat(processor.begin(batch(events)).join()).isEqualTo(new Outcome(events.size(), 0, List.of()));
        } finally {
            execute("drop policy everything on messages");
            execute("alter table messages disable row level security, no force row level security");
        }

        // Then
        assertThat(rows(events)).extracting(Messages.Row::event).isEqualTo(events);
        assertThat(rows(events).stream().map(Messages.Row::storedAt).distinct()).hasSizeGreaterThan(1);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void eventsAreCopiedAgainOnceNoneHasComeTwice() {
        // Given
        List<Event> twice = events(Events::any);
        processor.begin(batch(twice)).join();
        processor.begin(batch(twice)).join();

        // When
        List<Event> behind = events(Events::any);
        processor.begin(batch(behind)).join();
        List<Event> next = events(Events::any);
        processor.begin(batch(next)).join();

        // Then
        assertThat(rows(behind).stream().map(Messages.Row::storedAt).distinct()).hasSizeGreaterThan(1);
        assertThat(rows(next).stream().map(Messages.Row::storedAt).distinct()).hasSize(1);
    }

    /** Readers in the order of storing have read up to there, and do not look back. */
    @Test
    void rowsAreNotDatedBeforeAHorizonThatWasReadWhileTheTransactionHadWrittenNothing() throws Exception {
        // Given
        List<Event> events = events(Events::any);
        Instant horizon;
        try (Transaction transaction = Transaction.begin(pool)) {
            time(transaction.connection(), "select transaction_timestamp()");
            try (Connection reader = pool.getConnection()) {
                horizon = time(reader, "select messages_horizon()");
            }

            // When
            table.copy(transaction.connection(), received(events));
            transaction.commit();
        }

        // Then
        assertThat(rows(events)).allSatisfy(row -> assertThat(row.storedAt()).isAfterOrEqualTo(horizon));
    }

    @Test
    void theHorizonWaitsForATransactionThatCopies() throws Exception {
        // Given
        List<Event> events = events(Events::any);
        Instant horizon;

        // When
        try (Transaction transaction = Transaction.begin(pool)) {
            table.copy(transaction.connection(), received(events));
            try (Connection reader = pool.getConnection()) {
                horizon = time(reader, "select messages_horizon()");
            }
            transaction.commit();
        }

        // Then
        assertThat(rows(events)).allSatisfy(row -> assertThat(row.storedAt()).isAfterOrEqualTo(horizon));
    }

    private static Instant time(Connection connection, String select) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select)) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** As many as are copied, of these kinds in turn. */
    @SafeVarargs
    private static List<Event> events(Supplier<Event>... kinds) {
        return Stream.iterate(0, i -> i + 1)
                .limit(EventStore.COPIED_FROM)
                .map(i -> kinds[i % kinds.length].get())
                .toList();
    }

    private static ConsumerRecords<byte[], byte @Nullable []> batch(List<Event> events) {
        return Batches.of(events.toArray(Event[]::new));
    }

    private static List<ReceivedEvent> received(List<Event> events) {
        return events.stream()
                .map(event -> new ReceivedEvent(Batches.record(0, event), event, event.fingerprint(), Optional.empty()))
                .toList();
    }

    private List<Messages.Row> rows(List<Event> events) {
        return messages.find(events.stream().map(Event::id).toList());
    }
}
