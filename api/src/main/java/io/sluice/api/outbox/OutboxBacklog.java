package io.sluice.api.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.api.database.Sql;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Bounds the number of events that wait to be published: while the relay cannot, the table must not grow for ever. */
@Startup
@Singleton
class OutboxBacklog {

    /** Most events that wait; some more get in within the second until it is looked at again. */
    static final long MAX_EVENTS = 1_000_000;

    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    /** Upper bound of the number of rows, at the cost of two of them. */
    private static final String RANGE = "select coalesce(max(seq) - min(seq) + 1, 0) from outbox";

    /** Number of rows, for a range that is too large: one old event that fails keeps the range growing, however few rows there are. */
    private static final String COUNT = "select count(*) from (select from outbox limit ?) rows";

    private final long maxEvents;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLook;
    private volatile long events;

    @Inject
    OutboxBacklog(MeterRegistry registry) {
        this(MAX_EVENTS, System::nanoTime, registry);
    }

    OutboxBacklog(long maxEvents, LongSupplier nanoTime, MeterRegistry registry) {
        this.maxEvents = maxEvents;
        this.nanoTime = nanoTime;
        this.nextLook = new AtomicLong(nanoTime.getAsLong());
        Gauge.builder("sluice.api.outbox.backlog", this, backlog -> backlog.events)
                .description("Events that waited in the outbox when the last one was added")
                .baseUnit("events")
                .register(registry);
    }

    /**
     * Looks at the table, at most once a second.
     *
     * @throws ProblemException {@link ProblemCode#OVERLOADED} if there are too many
     */
    void check(Connection transaction) throws SQLException {
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_EVERY)) {
            events = count(transaction);
        }
        if (events > maxEvents) {
            throw ProblemException.of(
                            ProblemCode.OVERLOADED,
                            "%d events wait to be published, and no more can; nothing was changed. Try again later."
                                    .formatted(events))
                    .with("Retry-After", "10");
        }
    }

    private long count(Connection transaction) throws SQLException {
        long range = number(transaction, RANGE, List.of());
        return range <= maxEvents ? range : number(transaction, COUNT, List.of(maxEvents + 1));
    }

    private static long number(Connection transaction, String query, List<Long> parameters) throws SQLException {
        return Sql.query(transaction, query, parameters, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }
}
