package io.sluice.consumer.replays;

import io.agroal.api.AgroalDataSource;
import io.sluice.consumer.replays.ReplayTable.Ended;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Holds replays for this consumer, and tells in their rows and in the log what becomes of them. */
final class ReplayHolder {

    private static final Logger LOG = Logger.getLogger(ReplayHolder.class.getName());

    private static final String KAFKA_AWAY = "Kafka does not take the events for the moment; it goes on by itself.";

    private final AgroalDataSource pool;
    private final ReplayTable table = new ReplayTable();

    ReplayHolder(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** Takes the first replay that nobody holds, or goes on holding its own; empty if there is none. */
    Optional<Replay> claim() throws SQLException {
        Optional<Replay> claimed = Transaction.run(pool, table::claim);
        claimed.ifPresent(replay -> LogLine.of("replay-taken")
                .with("replayId", replay.id())
                .with(LogLine.CALLER, replay.owner())
                .write(LOG, Level.INFO));
        return claimed;
    }

    /**
     * Saves in a transaction how far a replay is.
     *
     * @return false if it is not held any more, or was cancelled
     */
    boolean save(Connection transaction, Replay replay, Place place, int events, int erased) throws SQLException {
        return table.save(transaction, replay.id(), place, events, erased);
    }

    /** Ends a replay, unless it is not held any more. */
    void end(UUID replay, String status, @Nullable String reason) throws SQLException {
        Optional<Ended> ended = Transaction.run(pool, transaction -> table.end(transaction, replay, status, reason));
        ended.ifPresent(counts -> LogLine.of("replay-ended")
                .with("replayId", replay)
                .with("status", status)
                .with("sent", counts.sent())
                .with("erased", counts.erased())
                .write(LOG, reason == null ? Level.INFO : Level.WARN));
    }

    /** Tells the owner that Kafka does not take the events. */
    void waitsForKafka(UUID replay) {
        try {
            Transaction.run(pool, transaction -> table.waits(transaction, replay, KAFKA_AWAY));
        } catch (SQLException alsoAway) {
            // It is told at the next failure, if there is one.
        }
    }

    /** Gives back what is held. */
    void release() {
        try {
            Transaction.run(pool, table::release);
        } catch (SQLException failure) {
            // It is free by itself, after some seconds.
            LogLine.of("replay-not-released").because(failure).write(LOG, Level.DEBUG);
        }
    }
}
