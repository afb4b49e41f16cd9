package io.sluice.worker.jobs;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Attempts that are under way in this program. */
@Singleton
public class Attempts {

    /** Longer than a job may take, or go without being told to go on: its thread hangs, and only a restart of the program helps. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();

    /** None are, yet. */
    @Inject
    public Attempts() {
        this(System::nanoTime);
    }

    /** None at first; the clock is one as {@link System#nanoTime()}. */
    Attempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Running(Job job, long since) {}

    /** Notes that an attempt has done a part of its work, so that it does not count as hung: for work that may take longer than ten minutes. */
    public void goesOn(Job job) {
        running.computeIfPresent(
                job.id(), (id, attempt) -> attempt.job.equals(job) ? new Running(job, nanoTime.getAsLong()) : attempt);
    }

    /** Begins one. */
    void begin(Job job) {
        running.put(job.id(), new Running(job, nanoTime.getAsLong()));
    }

    /** Ends one; another attempt at its job goes on. */
    void end(Job job) {
        running.computeIfPresent(job.id(), (id, attempt) -> attempt.job.equals(job) ? null : attempt);
    }

    /** True while an attempt at this job is under way. */
    boolean contains(UUID job) {
        return running.containsKey(job);
    }

    int count() {
        return running.size();
    }

    /** All of them. */
    Collection<Job> all() {
        return running.values().stream().map(Running::job).toList();
    }

    /** True for one that hangs. */
    boolean isStuck(Job job) {
        Running attempt = running.get(job.id());
        return attempt != null && attempt.job.equals(job) && age(attempt).compareTo(STUCK_AFTER) > 0;
    }

    /** The one that hangs longest. */
    Optional<Job> stuck() {
        List<Running> all = List.copyOf(running.values());
        return all.stream()
                .filter(attempt -> age(attempt).compareTo(STUCK_AFTER) > 0)
                .min(Comparator.comparing(Running::since))
                .map(Running::job);
    }

    private Duration age(Running attempt) {
        return Duration.ofNanos(nanoTime.getAsLong() - attempt.since);
    }
}
