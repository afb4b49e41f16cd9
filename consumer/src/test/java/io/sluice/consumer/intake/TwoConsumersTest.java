package io.sluice.consumer.intake;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Event;
import io.sluice.contract.UndecodableRecordException;
import io.sluice.runtime.database.Transaction;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A partition goes to another consumer while the one that was taken for dead goes on with its batch. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class TwoConsumersTest {

    private final MessageTable table;
    private final AgroalDataSource pool;
    private final Messages messages = new Messages(Servers.shared().databaseUrl());

    TwoConsumersTest(MessageTable table, AgroalDataSource pool) {
        this.table = table;
        this.pool = pool;
    }

    @Test
    void eventsKeepTheirOrderWhereTheTransactionThatBeganFirstEndsLast() throws Exception {
        // Given
        List<ReceivedEvent> events = events(3);

        // When
        writeByBoth(table::insert, events).get();

        // Then
        assertThat(events)
                .extracting(received -> messages.find(received.id()).orElseThrow())
                .isSortedAccordingTo(
                        Comparator.comparing(Messages.Row::storedAt).thenComparing(Messages.Row::seq));
    }

    @Test
    void whoCopiesWaitsForTheOtherAndHasToInsertWhatIsLeft() throws Exception {
        // Given
        List<ReceivedEvent> events = events(3);

        // When
        Future<Void> copied = writeByBoth(table::copy, events);

        // Then
        assertThat(copied)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(CopyRefusedException.class);
    }

    private interface Writing {
        void write(Connection connection, List<ReceivedEvent> events) throws Exception;
    }

    /** Writes all but the last event in one transaction, and all of them in one that began before and has to wait for it. */
    private Future<Void> writeByBoth(Writing writing, List<ReceivedEvent> events) throws Exception {
        ExecutorService successors = Executors.newSingleThreadExecutor();
        try (Transaction successor = Transaction.begin(pool);
                Transaction takenForDead = Transaction.begin(pool)) {
            int successorPid = pid(successor.connection());
            writing.write(takenForDead.connection(), events.subList(0, events.size() - 1));
            Callable<Void> writeAll = () -> {
                writing.write(successor.connection(), events);
                successor.commit();
                return null;
            };
            Future<Void> written = successors.submit(writeAll);
            await().until(() -> waits(successorPid));
            takenForDead.commit();
            await().until(written::isDone);
            return written;
        } finally {
            successors.shutdown();
        }
    }

    private static List<ReceivedEvent> events(int count) throws UndecodableRecordException {
        List<ReceivedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = Events.with().key("two-consumers").build();
            events.add(ReceivedEvent.of(Batches.record(0, event)));
        }
        return events;
    }

    /** Also lets the transaction begin. */
    private static int pid(Connection connection) throws SQLException {
        return number(connection, "select pg_backend_pid()");
    }

    private boolean waits(int pid) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return number(connection, "select cardinality(pg_blocking_pids(%d))".formatted(pid)) > 0;
        }
    }

    private static int number(Connection connection, String select) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
