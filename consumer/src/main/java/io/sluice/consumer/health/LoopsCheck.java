package io.sluice.consumer.health;

import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness: each loop turns over, that is, it asks Kafka for records, and a batch under way makes its attempts. Neither needs Kafka or
 * PostgreSQL to answer, so that a restart is asked for only where it helps.
 */
@Liveness
@ApplicationScoped
class LoopsCheck implements AsyncHealthCheck {

    /**
     * More than the longest attempt can take: a connection (5 s) and a transaction of three statements that each run into the
     * socket's timeout (25 s), or a batch of dead letters (two deliveries of 10 s each, tried for 10 s more).
     */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    private final BatchProgressRegistry progress;
    private final Function<Loop, Optional<Duration>> sinceLastPoll;
    private final LongSupplier nanoTime;

    /** The time of the last poll of each loop, as far as is known: a client that the connector has closed does not say any more. */
    private final Map<Loop, Long> lastPolls = new ConcurrentHashMap<>();

    @Inject
    LoopsCheck(BatchProgressRegistry progress, PollLoop pollLoop) {
        this(progress, pollLoop::sinceLastPoll, System::nanoTime);
    }

    LoopsCheck(
            BatchProgressRegistry progress, Function<Loop, Optional<Duration>> sinceLastPoll, LongSupplier nanoTime) {
        this.progress = progress;
        this.sinceLastPoll = sinceLastPoll;
        this.nanoTime = nanoTime;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Optional<String> fault = Stream.of(Loop.values()).flatMap(this::fault).findFirst();
        return Uni.createFrom().item(new Answer(fault.isEmpty(), fault.orElse("turn over")).response("loops"));
    }

    private Stream<String> fault(Loop loop) {
        return Stream.concat(
                fault(loop, "the batch under way last turned", progress.of(loop).sinceLastHeartbeat()),
                fault(loop, "Kafka was last asked for records", sinceLastPoll(loop)));
    }

    private Optional<Duration> sinceLastPoll(Loop loop) {
        long now = nanoTime.getAsLong();
        sinceLastPoll.apply(loop).ifPresent(ago -> lastPolls.put(loop, now - ago.toNanos()));
        return Optional.ofNullable(lastPolls.get(loop)).map(last -> Duration.ofNanos(now - last));
    }

    private static Stream<String> fault(Loop loop, String what, Optional<Duration> ago) {
        return ago.filter(it -> it.compareTo(STUCK_AFTER) > 0).stream()
                .map(it -> "%s: %s %d s ago".formatted(loop.channel(), what, it.toSeconds()));
    }
}
