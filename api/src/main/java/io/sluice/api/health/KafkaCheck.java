package io.sluice.api.health;

import io.sluice.api.publishing.KafkaCircuitBreaker;
import io.sluice.api.publishing.RejectionTracker;
import io.sluice.api.publishing.Topics;
import io.sluice.api.publishing.Topics.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Kafka in {@code /health}. No probe depends on it: messages are read without Kafka. */
@Wellness
@ApplicationScoped
class KafkaCheck implements AsyncHealthCheck {

    private static final String SILENT = "Kafka acknowledges no events; posts are refused, but for one now and then";

    private final Topics topics;
    private final KafkaCircuitBreaker breaker;
    private final RejectionTracker rejections;

    KafkaCheck(Topics topics, KafkaCircuitBreaker breaker, RejectionTracker rejections) {
        this.topics = topics;
        this.breaker = breaker;
        this.rejections = rejections;
    }

    /** Asks nobody: {@link Topics} has just looked, and the events that are posted say the rest. */
    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::state);
    }

    private HealthCheckResponse state() {
        if (!topics.used()) {
            return response(true, "not used: FEATURES has no messages");
        }
        Answer answer = topics.answer();
        if (!topics.seen()) {
            return response(false, answer.detail());
        }
        if (breaker.isOpen() && topics.there()) {
            return response(false, SILENT);
        }
        String refused = rejections.current().orElse(null);
        return refused != null && topics.there() ? response(false, refused) : response(answer.well(), answer.detail());
    }

    private static HealthCheckResponse response(boolean up, String detail) {
        return HealthCheckResponse.named("kafka")
                .status(up)
                .withData("detail", detail)
                .build();
    }
}
