package io.sluice.consumer.replays;

import io.agroal.api.AgroalDataSource;
import io.sluice.consumer.replays.ReplayMetrics.Cause;
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
import java.util.concurrent.ExecutionException;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works on replays, one at a time, turn by turn: reads a page of events, sends them, and saves its place once Kafka has acknowledged all of
 * them; or has a handler work on them, and saves its place with what that has done. Whatever ends in between, a page is sent again, by whoever holds the replay then, and each event is known by its id.
 */
final class ReplayLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(ReplayLoop.class.getName());

    /** Pause while there is nothing to do. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final String UNREADABLE =
            "PostgreSQL cannot read a stored event behind this position. Have the table repaired, and order a replay of the rest.";

    private static final String UNHANDLED =
            "A stored event behind this position cannot be read, or the handler fails for it. Have it repaired, and order a replay of the rest.";

    private final AgroalDataSource pool;
    private final ReplayHolder holder;
    private final EventProducer producer;
    private final String topic;
    private final ReplayMetrics metrics;
    private final HandlerReplays handlers;
    private final ShutdownSignal shutdown;
    private final ReadFailures unread = new ReadFailures();
    private final LogRateLimiter waits = new LogRateLimiter();
    private final Backoff backoff;

    /** The replay that is held, at the place that is saved; after a failure it is read again. */
    private @Nullable Replay current;

    /**
     * A loop that sends events to this topic.
     *
     * @param topic its name on the broker
     * @param backoff pauses after failures
     */
    ReplayLoop(
            AgroalDataSource pool,
            EventProducer producer,
            String topic,
            ReplayMetrics metrics,
            HandlerReplays handlers,
            Backoff backoff,
            ShutdownSignal shutdown) {
        this.pool = pool;
        this.holder = new ReplayHolder(pool);
        this.producer = producer;
        this.topic = topic;
        this.metrics = metrics;
        this.handlers = handlers;
        this.backoff = backoff;
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
            holder.release();
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
        if (replay.handler() == null) {
            send(replay);
        } else {
            handle(replay);
        }
        return Duration.ZERO;
    }

    /** A page whose events are encoded. */
    private record EncodedPage(EventBatch batch, int erased, @Nullable Place last) {}

    private void send(Replay replay) throws SQLException, ExecutionException, InterruptedException, ShutdownException {
        EncodedPage page = attempt(replay, transaction -> {
            Page read = StoredEvents.next(transaction, replay);
            return new EncodedPage(new EventBatch(topic, replay.id(), read.events()), read.erased(), read.last());
        });
        if (page == null) {
            return;
        }
        try {
            if (page.batch().size() > 0) {
                page.batch().send(producer.ready(), shutdown);
                metrics.sent(page.batch().size());
            }
        } catch (RefusedEventException refused) {
            // What else was under way of this page may be sent twice, should somebody order the rest.
            producer.discard();
            end(replay, "failed", refused.getMessage());
            return;
        }
        Place last = page.last();
        boolean held = last != null
                && Transaction.run(
                        pool,
                        transaction -> holder.save(
                                transaction, replay, last, page.batch().size(), page.erased()));
        goOn(replay, last, held);
    }

    /** A page that a handler was called with, and whether the place behind it is saved. */
    private record HandledPage(@Nullable Place last, boolean held) {}

    /** Effects and place are committed together, or neither is. */
    private void handle(Replay replay) throws SQLException {
        HandledPage page = attempt(replay, transaction -> {
            Page read = handlers.next(transaction, replay);
            Place last = read.last();
            boolean held = last != null
                    && holder.save(transaction, replay, last, read.events().size(), read.erased());
            return new HandledPage(last, held);
        });
        if (page != null) {
            goOn(replay, page.last(), page.held());
        }
    }

    private void goOn(Replay replay, @Nullable Place last, boolean held) throws SQLException {
        if (last == null) {
            end(replay, "done", null);
        } else {
            current = held ? replay.at(last) : null;
        }
    }

    /** Works on a page in a transaction; {@code null} if that was tried so often in vain that the replay has ended. */
    private <T> @Nullable T attempt(Replay replay, Transaction.Work<T> work) throws SQLException {
        try {
            T result = Transaction.run(pool, work);
            unread.forget();
            return result;
        } catch (SQLException | RuntimeException failure) {
            if (!unread.isLast(replay.id())) {
                throw failure instanceof SQLException sql ? sql : new SQLException(failure);
            }
            metrics.failed(Cause.DATABASE);
            LogLine.of("replay-unreadable")
                    .with("replayId", replay.id())
                    .with("reason", FailureSummary.of(failure))
                    .write(LOG, Level.ERROR);
            end(replay, "failed", replay.handler() == null ? UNREADABLE : UNHANDLED);
            return null;
        }
    }

    private @Nullable Replay claim() throws SQLException {
        try {
            current = holder.claim().orElse(null);
            return current;
        } catch (SQLException away) {
            unread.forget();
            throw away;
        }
    }

    private void end(Replay replay, String status, @Nullable String reason) throws SQLException {
        holder.end(replay.id(), status, reason);
        current = null;
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
                holder.waitsForKafka(replay.id());
            }
        }
        LogLine.of("replay-waits").with("reason", FailureSummary.of(failure)).write(LOG, waits);
    }
}
