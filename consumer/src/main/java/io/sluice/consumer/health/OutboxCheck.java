package io.sluice.consumer.health;

import io.sluice.consumer.outbox.OutboxRelay;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: events of features are published, here or by another replica; or what is waited for. A single event that Kafka refuses is
 * told and does not count: a rollout that mends it would wait for ever.
 */
@Readiness
@ApplicationScoped
class OutboxCheck implements AsyncHealthCheck {

    private final OutboxRelay relay;

    OutboxCheck(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Optional<String> pause = relay.pause();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("outbox")
                .status(pause.isEmpty())
                .withData("detail", pause.map(reason -> "waits for " + reason).orElseGet(relay::state));
        relay.held().ifPresent(held -> response.withData("held", held));
        return Uni.createFrom().item(response.build());
    }
}
