package io.sluice.consumer.health;

import io.sluice.consumer.waiting.Pauses;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether events are taken, or what is waited for. */
@Readiness
@ApplicationScoped
class IntakeReadiness implements AsyncHealthCheck {

    private final Pauses pauses;

    IntakeReadiness(Pauses pauses) {
        this.pauses = pauses;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Optional<String> reason = pauses.reason();
        return Uni.createFrom()
                .item(HealthCheckResponse.named("intake")
                        .status(reason.isEmpty())
                        .withData("detail", reason.map(it -> "waits for " + it).orElse("takes events"))
                        .build());
    }
}
