package io.sluice.worker.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.sluice.contract.JobType;
import io.sluice.worker.jobs.JobTable.Backlog;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Metrics of jobs; listed in {@code docs/guides/metrics.md}, and registered at start, at zero. */
@Startup
@Singleton
class JobMetrics {

    private static final Duration[] SECONDS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<JobType, Meters> meters = new EnumMap<>(JobType.class);

    /** Cause of an attempt that did not end its job. */
    private enum Cause {
        FAILURE,
        OUTAGE,
        DEATH
    }

    private static final class Meters {
        private final Timer done;
        private final Counter gaveUp;
        private final Map<Cause, Counter> retries = new EnumMap<>(Cause.class);
        private volatile Backlog backlog = new Backlog("", Instant.EPOCH, 0, 0);

        private Meters(MeterRegistry registry, String type) {
            done = Timer.builder("sluice.worker.jobs.done")
                    .description("How long the attempts took that ended their job")
                    .tag("type", type)
                    .serviceLevelObjectives(SECONDS)
                    .register(registry);
            gaveUp = Counter.builder("sluice.worker.jobs.failed")
                    .description("Jobs that were given up")
                    .tag("type", type)
                    .register(registry);
            for (Cause cause : Cause.values()) {
                Counter retried = Counter.builder("sluice.worker.jobs.retries")
                        .description("Attempts that another attempt follows")
                        .tag("type", type)
                        .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                        .register(registry);
                retries.put(cause, retried);
            }
            Gauge.builder("sluice.worker.jobs.waiting", this, meters -> meters.backlog.waiting())
                    .description("Jobs that no worker has begun")
                    .tag("type", type)
                    .register(registry);
            Gauge.builder("sluice.worker.jobs.oldest.age", this, meters -> meters.backlog.oldestSeconds())
                    .description("Age of the oldest job that is not finished, or 0")
                    .baseUnit("seconds")
                    .tag("type", type)
                    .register(registry);
        }
    }

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (JobType type : JobType.values()) {
            meters.put(type, new Meters(registry, type.code()));
        }
    }

    /** Shows how many attempts are under way in this program. */
    void show(Attempts attempts) {
        Gauge.builder("sluice.worker.jobs.running", attempts, Attempts::count)
                .description("Jobs that this replica is at work on")
                .register(registry);
    }

    void backlog(JobType type, Backlog backlog) {
        of(type).backlog = backlog;
    }

    void done(JobType type, Duration time) {
        of(type).done.record(time);
    }

    void gaveUp(JobType type) {
        of(type).gaveUp.increment();
    }

    void failed(JobType type) {
        retried(type, Cause.FAILURE);
    }

    void outage(JobType type) {
        retried(type, Cause.OUTAGE);
    }

    void died(JobType type) {
        retried(type, Cause.DEATH);
    }

    private void retried(JobType type, Cause cause) {
        Objects.requireNonNull(of(type).retries.get(cause)).increment();
    }

    private Meters of(JobType type) {
        return Objects.requireNonNull(meters.get(type));
    }
}
