package io.sluice.consumer.health;

import io.sluice.consumer.reading.RecordLossTracker;
import io.sluice.consumer.retry.PauseTracker;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: events are taken, or what is waited for; and what was lost, which no restart brings back. */
@Readiness
@ApplicationScoped
class IntakeCheck implements AsyncHealthCheck {

    private final PauseTracker pauses;
    private final RecordLossTracker losses;

    IntakeCheck(PauseTracker pauses, RecordLossTracker losses) {
        this.pauses = pauses;
        this.losses = losses;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Optional<String> reason = pauses.reason();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("intake")
                .status(reason.isEmpty())
                .withData("detail", reason.map(it -> "waits for " + it).orElse("takes events"));
        losses.summary().ifPresent(lost -> response.withData("lost", lost));
        return Uni.createFrom().item(response.build());
    }
}
