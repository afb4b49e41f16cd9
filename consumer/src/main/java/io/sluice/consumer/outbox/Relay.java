package io.sluice.consumer.outbox;

import io.agroal.api.AgroalDataSource;
import io.sluice.consumer.outbox.AggregateSender.Result;
import io.sluice.consumer.outbox.Lease.Claim;
import io.sluice.consumer.outbox.RelayMetrics.Cause;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.consumer.topics.EventProducer;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.retry.Backoff;
import io.sluice.runtime.retry.FailureSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Publishes the outbox, turn by turn: deletes what Kafka has acknowledged, reads what comes next, and sends it. Whatever ends in between,
 * rows that were not deleted are sent again, and stored once by their id. Only rows that were acknowledged are deleted, each by its own
 * number: a transaction that commits late is found later, however many behind it were published meanwhile.
 */
final class Relay implements Runnable {

    private static final Logger LOG = Logger.getLogger(Relay.class.getName());

    /** Pause while nothing waits. */
    private static final Duration REST = Duration.ofMillis(50);

    /** Longest pause; a query that takes long, as over rows that nobody could clear away yet, is asked less often. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private static final int REST_PER_QUERY = 4;

    /** Pause while another relay holds the lease. */
    private static final Duration STANDBY = Duration.ofMillis(500);

    /** Time of a turn for the later events of an aggregate, while those of others that came since are not looked for. */
    private static final Duration TURN = Duration.ofMillis(50);

    /** Part of the lease in which nothing new is sent: what was handed over before ends within it. */
    private static final Duration ENDING = EventProducer.BLOCK.plus(EventProducer.DELIVERY);

    /** Time for acknowledgements that come when the program stops. */
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(1);

    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

    private final AgroalDataSource pool;
    private final OutboxTable table;
    private final EventProducer producer;
    private final RelayMetrics metrics;
    private final ShutdownSignal shutdown;
    private final RelayStatus status = new RelayStatus();
    private final Lease lease = new Lease(System::nanoTime);
    private final Backoff backoff = backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private final HeldAggregates held =
            new HeldAggregates(backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)), System::nanoTime);

    /** Rows that Kafka has, and that are not known to be deleted yet. */
    private final List<Long> acknowledged = new ArrayList<>();

    private long nextCount = System.nanoTime();

    Relay(
            AgroalDataSource pool,
            OutboxTable table,
            EventProducer producer,
            RelayMetrics metrics,
            ShutdownSignal shutdown) {
        this.pool = pool;
        this.table = table;
        this.producer = producer;
        this.metrics = metrics;
        this.shutdown = shutdown;
    }

    private static Backoff backoff(Duration first, Duration longest) {
        return new Backoff(first, longest, () -> ThreadLocalRandom.current().nextDouble());
    }

    RelayStatus status() {
        return status;
    }

    /** Publishes until the shutdown is requested, and gives the lease back. */
    @Override
    public void run() {
        try (producer) {
            for (int failures = 0; ; ) {
                try {
                    Duration pause = turn();
                    failures = 0;
                    status.works();
                    shutdown.sleep(pause);
                } catch (SQLException | ExecutionException | RuntimeException failure) {
                    failures++;
                    failed(failure, failures);
                    shutdown.sleep(backoff.after(failures));
                }
            }
        } catch (ShutdownException stop) {
            release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Exception failure, int failures) {
        if (failure instanceof SQLException) {
            metrics.failed(Cause.DATABASE);
            // After a failover the idle connections still lead to the old server.
            pool.flush(AgroalDataSource.FlushMode.IDLE);
            status.waits("PostgreSQL: " + FailureSummary.of(failure));
        } else {
            metrics.failed(Cause.KAFKA);
            producer.discard();
            status.waits("Kafka: " + FailureSummary.of(failure));
        }
        LogLine.of("outbox-attempt-failed")
                .with("attempt", failures)
                .because(failure)
                .write(LOG, Level.DEBUG);
    }

    /** One turn; returns how long to pause after it. */
    private Duration turn() throws SQLException, ExecutionException, InterruptedException {
        long began = System.nanoTime();
        Work work = exchange();
        status.leads(work.claim.held());
        metrics.leader(work.claim.held());
        if (!work.claim.held()) {
            return STANDBY;
        }
        if (work.rows.isEmpty()) {
            return rest(Duration.ofNanos(System.nanoTime() - began));
        }
        publish(work.rows, work.claim.until() - ENDING.toNanos());
        return Duration.ZERO;
    }

    private static Duration rest(Duration query) {
        Duration rest = query.multipliedBy(REST_PER_QUERY);
        return rest.compareTo(REST) < 0 ? REST : rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    private record Work(Claim claim, List<OutboxRow> rows) {}

    /** Deletes what is acknowledged and reads what is next in one transaction. */
    private Work exchange() throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            Connection connection = transaction.connection();
            table.delete(connection, acknowledged);
            Claim claim = lease.claim(connection);
            List<String> waiting = claim.held() ? held.waiting() : List.of();
            List<OutboxRow> rows = claim.held() ? table.next(connection, waiting) : List.of();
            count(connection);
            transaction.commit();
            acknowledged.clear();
            lease.committed(claim);
            held.releaseGone(waiting, rows);
            status.holds(held.summary());
            return new Work(claim, rows);
        }
    }

    private void count(Connection connection) throws SQLException {
        if (System.nanoTime() - nextCount >= 0) {
            metrics.backlog(table.backlog(connection));
            nextCount = System.nanoTime() + BETWEEN_COUNTS.toNanos();
        }
    }

    private void publish(List<OutboxRow> rows, long latest) throws ExecutionException, InterruptedException {
        long turn = System.nanoTime() + TURN.toNanos();
        AggregateSender sender = new AggregateSender(
                producer.ready(),
                () -> !shutdown.isRequested() && System.nanoTime() - turn < 0 && System.nanoTime() - latest < 0,
                new LastAcknowledgements()::mayWait);
        Result result = sender.send(rows);
        metrics.published(result.acknowledged().size());
        acknowledged.addAll(result.acknowledged());
        hold(rows, result);
        if (result.failure() != null) {
            throw new ExecutionException(result.failure());
        }
    }

    private void hold(List<OutboxRow> rows, Result result) throws ExecutionException {
        held.releaseAll(rows, result.acknowledged());
        for (var refused : result.refused().entrySet()) {
            metrics.failed(Cause.EVENT);
            int failures = held.hold(refused.getKey(), refused.getValue());
            LogLine.of("outbox-event-refused")
                    .with("eventId", refused.getKey().eventId())
                    .with("key", refused.getKey().aggregate())
                    .with("reason", FailureSummary.of(refused.getValue()))
                    .with("attempt", failures)
                    .write(LOG, failures == 1 ? Level.WARN : Level.DEBUG);
            if (held.isFull()) {
                throw new ExecutionException(refused.getValue());
            }
        }
        status.holds(held.summary());
    }

    /** Ends a wait for acknowledgements a moment after the shutdown was requested. */
    private final class LastAcknowledgements {

        private long until;

        boolean mayWait() {
            if (!shutdown.isRequested()) {
                until = System.nanoTime() + LAST_ACKNOWLEDGEMENTS.toNanos();
            }
            return System.nanoTime() - until < 0;
        }
    }

    private void release() {
        try (Transaction transaction = Transaction.begin(pool)) {
            table.delete(transaction.connection(), acknowledged);
            lease.release(transaction.connection());
            transaction.commit();
        } catch (SQLException failure) {
            // It ends by itself, and what was not deleted is sent again.
            LogLine.of("outbox-lease-not-released").because(failure).write(LOG, Level.DEBUG);
        }
        status.leads(false);
    }
}
