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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
    private final AgroalDataSource pool;

    ParallelStoreTest(BatchProcessor processor, AgroalDataSource pool) {
        this.processor = processor;
        this.pool = pool;
    }

    private record Row(String transaction, String key, UUID id) {}

    @Test
    void eventsOfAKeyAreInOneTransactionInTheirOrder() throws ShutdownException, SQLException {
        // Given
        List<Event> events = events(2 * ParallelStore.DIVIDED_FROM, i -> "parallel-" + i % 7);

        // When
        Outcome outcome = processor.run(Batches.of(events.toArray(Event[]::new)));

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
    void aSmallBatchIsOneTransaction() throws ShutdownException, SQLException {
        // Given
        List<Event> events = events(ParallelStore.DIVIDED_FROM - 1, i -> "one-" + i % 7);

        // When
        processor.run(Batches.of(events.toArray(Event[]::new)));

        // Then
        assertThat(rows(events).stream().map(Row::transaction).distinct()).hasSize(1);
    }

    @Test
    void idsThatStandUnderTwoKeysInOppositeOrdersAreStoredOnceEach() throws ShutdownException, SQLException {
        // Given: of these two keys one goes to each transaction, and each waits for rows of the other
        List<Event> events = events(ParallelStore.DIVIDED_FROM, i -> "a");
        List<Event> others = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            others.add(Events.with().id(events.get(i).id()).key("b").build());
        }

        // When
        Outcome outcome = processor.run(
                Batches.of(Stream.of(events, others).flatMap(List::stream).toArray(Event[]::new)));

        // Then
        assertThat(outcome.stored()).isEqualTo(events.size());
        assertThat(outcome.rejected())
                .hasSize(events.size())
                .extracting(DeadLetter::reason)
                .containsOnly(DeadLetterReason.IDEMPOTENCY_CONFLICT);
        assertThat(rows(events)).hasSize(events.size());
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
