package io.sluice.consumer.health;

import io.sluice.consumer.intake.PollLoop;
import io.sluice.consumer.intake.Progress;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether the intake turns over: it asks Kafka for records, and a batch under way makes its attempts. Neither needs Kafka or
 * PostgreSQL to answer, so that a restart is asked for only where it helps.
 */
@Liveness
@ApplicationScoped
class IntakeLiveness implements AsyncHealthCheck {

    /**
     * More than the longest attempt can take: a connection (5 s) and a transaction of three statements that each run into the
     * socket's timeout (25 s), or a batch of dead letters (two deliveries of 10 s each, tried for 10 s more).
     */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    private final Progress progress;
    private final PollLoop pollLoop;

    IntakeLiveness(Progress progress, PollLoop pollLoop) {
        this.progress = progress;
        this.pollLoop = pollLoop;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Optional<String> fault = fault("the batch under way last turned", progress.sinceLastTurn())
                .or(() -> fault("Kafka was last asked for records", pollLoop.sinceLastPoll()));
        return Uni.createFrom()
                .item(HealthCheckResponse.named("intake-loop")
                        .status(fault.isEmpty())
                        .withData("detail", fault.orElse("turns over"))
                        .build());
    }

    private static Optional<String> fault(String what, Optional<Duration> ago) {
        return ago.filter(it -> it.compareTo(STUCK_AFTER) > 0).map(it -> what + " " + it.toSeconds() + " s ago");
    }
}
