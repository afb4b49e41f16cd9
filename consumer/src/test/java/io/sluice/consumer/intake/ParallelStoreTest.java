package io.sluice.consumer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Batches large enough to be divided. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ParallelStoreTest {

    private final BatchProcessor processor;
    private final ParallelStore store;
    private final AgroalDataSource pool;

    ParallelStoreTest(BatchProcessor processor, ParallelStore store, AgroalDataSource pool) {
        this.processor = processor;
        this.store = store;
        this.pool = pool;
    }

    private record Row(String transaction, String key, UUID id) {}

    @Test
    void eventsOfAKeyAreInOneTransactionInTheirOrder() throws SQLException {
        // Given
        List<Event> events = events(2 * ParallelStore.DIVIDED_FROM, i -> "parallel-" + i % 7);

        // When
        Outcome outcome =
                processor.begin(Batches.of(events.toArray(Event[]::new))).join();

        // Then
        assertThat(outcome).isEqualTo(new Outcome(events.size(), 0, List.of()));
        List<Row> rows = rows(events);
        assertThat(rows.stream()
                        .collect(Collectors.groupingBy(Row::key, Collectors.mapping(Row::id, Collectors.toList()))))
                .isEqualTo(events.stream()
                        .collect(
                                Collectors.groupingBy(Event::key, Collectors.mapping(Event::id, Collectors.toList()))));
        assertThat(rows.stream().map(Row::transaction).distinct()).hasSize(2);
        assertThat(rows.stream().collect(Collectors.groupingBy(Row::key)).values())
                .allSatisfy(ofKey -> assertThat(ofKey)
                        .extracting(Row::transaction)
                        .containsOnly(ofKey.get(0).transaction()));
    }

    @Test
    void aSmallBatchIsOneTransaction() throws SQLException {
        // Given
        List<Event> events = events(ParallelStore.DIVIDED_FROM - 1, i -> "one-" + i % 7);

        // When
        processor.begin(Batches.of(events.toArray(Event[]::new))).join();

        // Then
        assertThat(rows(events).stream().map(Row::transaction).distinct()).hasSize(1);
    }

    @Test
    void idsThatStandUnderTwoKeysInOppositeOrdersAreStoredOnceEach() throws SQLException {
        // Given: of these two keys one goes to each transaction, and each waits for rows of the other
        List<Event> events = events(ParallelStore.DIVIDED_FROM, i -> "a");
        List<Event> others = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            others.add(Events.with().id(events.get(i).id()).key("b").build());
        }

        // When
        Outcome outcome = processor
                .begin(Batches.of(
                        Stream.of(events, others).flatMap(List::stream).toArray(Event[]::new)))
                .join();

        // Then
        assertThat(outcome.stored()).isEqualTo(events.size());
        assertThat(outcome.rejected())
                .hasSize(events.size())
                .extracting(DeadLetter::reason)
                .containsOnly(DeadLetterReason.IDEMPOTENCY_CONFLICT);
        assertThat(rows(events)).hasSize(events.size());
    }

    @Test
    void aHalfIsNotStoredBehindTheSameHalfOfABatchThatWasAbandoned() throws SQLException {
        // Given
        List<Event> events = events(ParallelStore.DIVIDED_FROM, i -> "abandoned-" + i % 7);
        CompletableFuture<Outcome> stored = CompletableFuture.completedFuture(Outcome.NOTHING);
        CompletableFuture<Outcome> abandoned = CompletableFuture.failedFuture(new ShutdownException());

        // When
        Halves halves = store.store(received(events), new Halves(abandoned, stored));

        // Then
        assertThat(halves.second()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(halves.both())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(ShutdownException.class);
        assertThat(rows(events)).hasSize(halves.second().join().stored()).hasSizeBetween(1, events.size() - 1);

        // When
        Halves small = store.store(received(events(1, i -> "small")), halves);

        // Then
        assertThat(small.both()).isCompletedExceptionally();
    }

    @Test
    void theOtherHalfOfTheNextBatchDoesNotWait() throws SQLException {
        // Given
        CompletableFuture<Outcome> stored = CompletableFuture.completedFuture(Outcome.NOTHING);
        CompletableFuture<Outcome> waiting = new CompletableFuture<>();
        List<Event> events = events(ParallelStore.DIVIDED_FROM, i -> "waiting-" + i % 7);

        // When
        Halves halves = store.store(received(events), new Halves(stored, waiting));

        // Then
        assertThat(halves.first()).succeedsWithin(Duration.ofSeconds(30));
        assertThat(rows(events)).hasSize(halves.first().join().stored()).hasSizeBetween(1, events.size() - 1);

        // When
        List<Event> few = events(7, i -> "waiting-" + i);
        Halves small = store.store(received(few), halves);
        waiting.complete(Outcome.NOTHING);

        // Then
        assertThat(small.both()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(new Outcome(7, 0, List.of()));
        List<Event> all = Stream.of(events, few).flatMap(List::stream).toList();
        assertThat(rows(all).stream()
                        .collect(Collectors.groupingBy(Row::key, Collectors.mapping(Row::id, Collectors.toList()))))
                .isEqualTo(all.stream()
                        .collect(
                                Collectors.groupingBy(Event::key, Collectors.mapping(Event::id, Collectors.toList()))));
    }

    private static List<ReceivedEvent> received(List<Event> events) {
        return Batch.of(Batches.of(events.toArray(Event[]::new))).events();
    }

    private static List<Event> events(int count, IntFunction<String> key) {
        return IntStream.range(0, count)
                .mapToObj(i -> Events.with().key(key.apply(i)).build())
                .toList();
    }

    /** The stored rows, in the order of storing. */
    private List<Row> rows(List<Event> events) throws SQLException {
        String sql = "select xmin::text, key, id from messages where id = any (?) order by stored_at, seq";
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", events.stream().map(Event::id).toArray()));
            List<Row> rows = new ArrayList<>();
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(result.getString(1), result.getString(2), result.getObject(3, UUID.class)));
                }
            }
            return rows;
        }
    }
}
