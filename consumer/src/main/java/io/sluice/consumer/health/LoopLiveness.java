package io.sluice.consumer.health;

import io.sluice.consumer.waiting.Loop;
import io.sluice.consumer.waiting.Loops;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether each loop turns over: it asks Kafka for records, and a batch under way makes its attempts. Neither needs Kafka or
 * PostgreSQL to answer, so that a restart is asked for only where it helps.
 */
@Liveness
@ApplicationScoped
class LoopLiveness implements AsyncHealthCheck {

    /**
     * More than the longest attempt can take: a connection (5 s) and a transaction of three statements that each run into the
     * socket's timeout (25 s), or a batch of dead letters (two deliveries of 10 s each, tried for 10 s more).
     */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    private final Loops loops;
    private final Function<Loop, Optional<Duration>> sinceLastPoll;

    @Inject
    LoopLiveness(Loops loops, PollLoop pollLoop) {
        this(loops, pollLoop::sinceLastPoll);
    }

    LoopLiveness(Loops loops, Function<Loop, Optional<Duration>> sinceLastPoll) {
        this.loops = loops;
        this.sinceLastPoll = sinceLastPoll;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Optional<String> fault = Stream.of(Loop.values()).flatMap(this::fault).findFirst();
        return Uni.createFrom()
                .item(HealthCheckResponse.named("loops")
                        .status(fault.isEmpty())
                        .withData("detail", fault.orElse("turn over"))
                        .build());
    }

    private Stream<String> fault(Loop loop) {
        return Stream.concat(
                fault(loop, "the batch under way last turned", loops.of(loop).sinceLastTurn()),
                fault(loop, "Kafka was last asked for records", sinceLastPoll.apply(loop)));
    }

    private static Stream<String> fault(Loop loop, String what, Optional<Duration> ago) {
        return ago.filter(it -> it.compareTo(STUCK_AFTER) > 0).stream()
                .map(it -> "%s: %s %d s ago".formatted(loop.channel(), what, it.toSeconds()));
    }
}
