package io.sluice.consumer.intake;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.deadletters.DeadLetterResolver;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Fingerprint;
import io.sluice.runtime.database.SqlFailure;
import io.sluice.runtime.database.Transaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Stores events in one transaction a call, all of them or none. */
@Singleton
class EventStore {

    /** Number of events from which they are copied; an insert of fewer takes a round trip less. */
    static final int COPIED_FROM = 100;

    private final AgroalDataSource pool;
    private final MessageTable table;
    private final DeadLetterResolver resolver;
    private final List<EventHandler> handlers;

    /** True if an event among the last ones had an id that was not new. */
    private volatile boolean duplicates;

    EventStore(
            AgroalDataSource pool, MessageTable table, DeadLetterResolver resolver, @All List<EventHandler> handlers) {
        this.pool = pool;
        this.table = table;
        this.resolver = resolver;
        this.handlers = handlers;
    }

    /**
     * Stores the events that are not stored yet, in their order.
     *
     * @throws SQLException if they could not be stored this time; if the connection broke during the commit, they may
     *     be stored nevertheless
     */
    StoreResult store(List<ReceivedEvent> events) throws SQLException {
        // Where an event comes again others do so too, as behind a restart: to try a copy would be in vain.
        if (events.size() >= COPIED_FROM && !duplicates) {
            try {
                return store(events, this::copy);
            } catch (CopyRefusedException e) {
                // The insert passes over what is stored already.
            }
        }
        return store(events, this::insert);
    }

    /** The part of a transaction that stores events and calls the handlers. */
    @FunctionalInterface
    private interface Storing<E extends Exception> {
        Outcome store(Connection connection, List<ReceivedEvent> events) throws SQLException, E;
    }

    private <E extends Exception> StoreResult store(List<ReceivedEvent> events, Storing<E> storing)
            throws SQLException, E {
        // A failure to connect is never a rejection, whatever its SQLSTATE: it is thrown from here.
        try (Transaction transaction = Transaction.begin(pool)) {
            return store(transaction, events, storing);
        } catch (SQLException failure) {
            if (SqlFailure.of(failure) != SqlFailure.CONFLICT) {
                // After a failover the idle connections still lead to the old server.
                pool.flush(AgroalDataSource.FlushMode.IDLE);
            }
            throw failure;
        }
    }

    private static <E extends Exception> StoreResult store(
            Transaction transaction, List<ReceivedEvent> events, Storing<E> storing) throws SQLException, E {
        try {
            Outcome outcome = storing.store(transaction.connection(), events);
            transaction.commit();
            return outcome;
        } catch (SQLException failure) {
            return switch (SqlFailure.of(failure)) {
                case PERMANENT -> {
                    undo(transaction);
                    yield Rejection.of(failure);
                }
                case IN_DOUBT -> {
                    undo(transaction);
                    yield StoreFailure.of(failure);
                }
                case CONFLICT, TRANSIENT -> throw failure;
            };
        } catch (RuntimeException | StackOverflowError fault) {
            undo(transaction);
            return StoreFailure.of(fault);
        }
    }

    /** Fails if the connection may be the cause of the failure, in which case no event is at fault. */
    private static void undo(Transaction transaction) throws SQLException {
        transaction.rollback();
        transaction.proveConnection();
    }

    private Outcome copy(Connection connection, List<ReceivedEvent> events) throws SQLException, CopyRefusedException {
        table.copy(connection, events);
        resolver.resolve(connection, redriven(events.stream()));
        handle(connection, events);
        return new Outcome(events.size(), 0, List.of());
    }

    private Outcome insert(Connection connection, List<ReceivedEvent> events) throws SQLException {
        Set<UUID> unclaimed = new HashSet<>(table.insert(connection, events));
        List<ReceivedEvent> stored = new ArrayList<>(unclaimed.size());
        List<ReceivedEvent> others = new ArrayList<>();
        for (ReceivedEvent received : events) {
            (unclaimed.remove(received.id()) ? stored : others).add(received);
        }
        duplicates = !others.isEmpty();
        Comparison comparison = compare(connection, others);
        resolver.resolve(connection, redriven(Stream.concat(stored.stream(), comparison.same.stream())));
        if (!stored.isEmpty()) {
            handle(connection, stored);
        }
        return new Outcome(stored.size(), comparison.same.size(), comparison.conflicts);
    }

    private static Stream<UUID> redriven(Stream<ReceivedEvent> stored) {
        return stored.flatMap(event -> event.redrivenFrom().stream());
    }

    private void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException {
        for (EventHandler handler : handlers) {
            handler.handle(connection, stored);
        }
    }

    /**
     * Events whose ids are stored already.
     *
     * @param same those equal to what is stored
     * @param conflicts the others
     */
    private record Comparison(List<ReceivedEvent> same, List<DeadLetter> conflicts) {}

    /**
     * Compares in a separate statement, because the one that inserted does not see a row that was committed meanwhile.
     */
    private Comparison compare(Connection connection, List<ReceivedEvent> others) throws SQLException {
        Comparison comparison = new Comparison(new ArrayList<>(), new ArrayList<>());
        if (others.isEmpty()) {
            return comparison;
        }
        List<UUID> ids = others.stream().map(ReceivedEvent::id).distinct().toList();
        Map<UUID, Fingerprint> fingerprints = table.fingerprints(connection, ids);
        for (ReceivedEvent received : others) {
            Fingerprint fingerprint = fingerprints.get(received.id());
            if (fingerprint == null) {
                throw new SQLException(
                        "the row with id " + received.id() + " was deleted meanwhile",
                        SqlFailure.SERIALIZATION_FAILURE);
            }
            if (fingerprint.equals(received.fingerprint())) {
                comparison.same.add(received);
            } else {
                comparison.conflicts.add(new DeadLetter(
                        received.record(),
                        received.event(),
                        DeadLetterReason.IDEMPOTENCY_CONFLICT,
                        "another event is stored under the id " + received.id()));
            }
        }
        return comparison;
    }
}
