package io.sluice.worker.jobs;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Instant;

/** PostgreSQL's clock, by which jobs are due and heartbeats are old: those of the machines need not agree. */
final class DatabaseClock implements Clock {

    private volatile Reading last = new Reading(Instant.now(), System.nanoTime());

    private record Reading(Instant time, long nanoTime) {}

    /** Sets the clock to what PostgreSQL's has just shown. */
    void set(Instant time) {
        last = new Reading(time, System.nanoTime());
    }

    @Override
    public Instant now() {
        Reading reading = last;
        return reading.time.plusNanos(System.nanoTime() - reading.nanoTime);
    }
}
