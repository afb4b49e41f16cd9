package io.sluice.consumer.health;

import io.sluice.consumer.topics.Topics;
import io.sluice.runtime.health.SharedCheck;
import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: the broker answers, and has the topics. */
@Readiness
@ApplicationScoped
class TopicsCheck implements AsyncHealthCheck {

    private final SharedCheck check;

    TopicsCheck(Topics topics) {
        check = new SharedCheck(
                "Kafka",
                () -> topics.ids().thenApply(ids -> new Answer(true, "seen")).toCompletableFuture());
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return check.answer().map(answer -> answer.response("topics"));
    }
}
