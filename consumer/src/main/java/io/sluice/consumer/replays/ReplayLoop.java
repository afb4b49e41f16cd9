package io.sluice.consumer.replays;

import io.agroal.api.AgroalDataSource;
import io.sluice.consumer.replays.ReplayMetrics.Cause;
import io.sluice.consumer.replays.ReplayTable.Ended;
import io.sluice.consumer.replays.StoredEvents.Page;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.retry.Backoff;
import io.sluice.runtime.retry.FailureSummary;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works on replays, one at a time, turn by turn: reads a page of events, sends them, and saves its place once Kafka has acknowledged all of
 * them. Whatever ends in between, the page is sent again, by whoever holds the replay then, and each event is known by its id.
 */
final class ReplayLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(ReplayLoop.class.getName());

    /** Pause while there is nothing to do. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final String KAFKA_AWAY = "Kafka does not take the events for the moment; it goes on by itself.";

    private static final String UNREADABLE =
            "PostgreSQL cannot read a stored event behind this position. Have the table repaired, and order a replay of the rest.";

    private final AgroalDataSource pool;
    private final ReplayTable table = new ReplayTable();
    private final EventProducer producer;
    private final String topic;
    private final ReplayMetrics metrics;
    private final ShutdownSignal shutdown;
    private final ReadFailures unread = new ReadFailures();
    private final LogRateLimiter waits = new LogRateLimiter();
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), () -> ThreadLocalRandom.current()
                    .nextDouble());

    /** The replay that is held, at the place that is saved; after a failure it is read again. */
    private @Nullable Replay current;

    /**
     * For events of this topic.
     *
     * @param topic its name on the broker
     */
    ReplayLoop(
            AgroalDataSource pool,
            EventProducer producer,
            String topic,
            ReplayMetrics metrics,
            ShutdownSignal shutdown) {
        this.pool = pool;
        this.producer = producer;
        this.topic = topic;
        this.metrics = metrics;
        this.shutdown = shutdown;
    }

    /** Works until the shutdown is requested, and gives back what it holds. */
    @Override
    public void run() {
        try (producer) {
            for (int failures = 0; ; ) {
                try {
                    Duration pause = turn();
                    failures = 0;
                    shutdown.sleep(pause);
                } catch (SQLException | ExecutionException | RuntimeException failure) {
                    failures++;
                    failed(failure);
                    shutdown.sleep(backoff.after(failures));
                }
            }
        } catch (ShutdownException stop) {
            release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One turn; returns how long to pause after it. */
    private Duration turn() throws SQLException, ExecutionException, InterruptedException, ShutdownException {
        Replay replay = current == null ? claim() : current;
        if (replay == null) {
            return REST;
        }
        ReadPage page = read(replay);
        if (page == null) {
            return Duration.ZERO;
        }
        Place last = page.last();
        if (last == null) {
            end(replay.id(), "done", null);
            return Duration.ZERO;
        }
        try {
            if (page.batch().size() > 0) {
                page.batch().send(producer.ready(), shutdown);
                metrics.sent(page.batch().size());
            }
        } catch (RefusedEventException refused) {
            // What else was under way of this page may be sent twice, should somebody order the rest.
            producer.discard();
            end(replay.id(), "failed", refused.getMessage());
            return Duration.ZERO;
        }
        boolean held = Transaction.run(
                pool,
                transaction ->
                        table.save(transaction, replay.id(), last, page.batch().size(), page.erased()));
        current = held ? replay.at(last) : null;
        return Duration.ZERO;
    }

    /** A page whose events are encoded. */
    private record ReadPage(EventBatch batch, int erased, @Nullable Place last) {}

    /** The next page; {@code null} if it was tried so often in vain that the replay has ended. */
    private @Nullable ReadPage read(Replay replay) throws SQLException {
        try {
            Page page = Transaction.run(pool, transaction -> StoredEvents.next(transaction, replay));
            EventBatch batch = new EventBatch(topic, replay.id(), page.events());
            unread.forget();
            return new ReadPage(batch, page.erased(), page.last());
        } catch (SQLException | RuntimeException failure) {
            if (!unread.isLast(replay.id())) {
                throw failure instanceof SQLException sql ? sql : new SQLException(failure);
            }
            metrics.failed(Cause.DATABASE);
            LogLine.of("replay-unreadable")
                    .with("replayId", replay.id())
                    .with("reason", FailureSummary.of(failure))
                    .write(LOG, Level.ERROR);
            end(replay.id(), "failed", UNREADABLE);
            return null;
        }
    }

    private @Nullable Replay claim() throws SQLException {
        Optional<Replay> claimed;
        try {
            claimed = Transaction.run(pool, table::claim);
        } catch (SQLException away) {
            unread.forget();
            throw away;
        }
        claimed.ifPresent(replay -> LogLine.of("replay-taken")
                .with("replayId", replay.id())
                .with(LogLine.CALLER, replay.owner())
                .write(LOG, Level.INFO));
        current = claimed.orElse(null);
        return current;
    }

    private void end(UUID replay, String status, @Nullable String reason) throws SQLException {
        Optional<Ended> ended = Transaction.run(pool, transaction -> table.end(transaction, replay, status, reason));
        current = null;
        ended.ifPresent(counts -> LogLine.of("replay-ended")
                .with("replayId", replay)
                .with("status", status)
                .with("sent", counts.sent())
                .with("erased", counts.erased())
                .write(LOG, reason == null ? Level.INFO : Level.WARN));
    }

    private void failed(Exception failure) {
        Replay replay = current;
        current = null;
        if (failure instanceof SQLException) {
            metrics.failed(Cause.DATABASE);
            // After a failover the idle connections still lead to the old server.
            pool.flush(AgroalDataSource.FlushMode.IDLE);
        } else {
            metrics.failed(Cause.KAFKA);
            producer.discard();
            if (replay != null) {
                tellOwner(replay.id());
            }
        }
        LogLine.of("replay-waits").with("reason", FailureSummary.of(failure)).write(LOG, waits);
    }

    private void tellOwner(UUID replay) {
        try {
            Transaction.run(pool, transaction -> table.waits(transaction, replay, KAFKA_AWAY));
        } catch (SQLException alsoAway) {
            // It is told at the next failure, if there is one.
        }
    }

    private void release() {
        try {
            Transaction.run(pool, table::release);
        } catch (SQLException failure) {
            // It is free by itself, after some seconds.
            LogLine.of("replay-not-released").because(failure).write(LOG, Level.DEBUG);
        }
    }
}
