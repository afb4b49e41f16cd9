package io.sluice.consumer.health;

import io.sluice.consumer.health.Inquiry.Answer;
import io.sluice.consumer.topics.Topics;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the broker answers, and has the topics. */
@Readiness
@ApplicationScoped
class TopicsReadiness implements AsyncHealthCheck {

    private final Inquiry inquiry;

    TopicsReadiness(Topics topics) {
        inquiry = new Inquiry(
                "topics",
                () -> topics.ids().thenApply(ids -> new Answer(true, "seen")).toCompletableFuture());
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return inquiry.response();
    }
}
