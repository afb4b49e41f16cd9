package io.sluice.api.health;

import io.sluice.api.health.Inquiry.Answer;
import io.sluice.api.publishing.Acknowledgements;
import io.sluice.api.publishing.Topics;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** What {@code /health} says of Kafka. No probe depends on it: messages are read without Kafka. */
@Wellness
@ApplicationScoped
class KafkaCheck implements AsyncHealthCheck {

    private static final String SILENT = "Kafka acknowledges no events; posts are refused, but for one now and then";

    private final Topics topics;
    private final Acknowledgements acknowledgements;
    private final Inquiry inquiry;

    KafkaCheck(Topics topics, Acknowledgements acknowledgements) {
        this.topics = topics;
        this.acknowledgements = acknowledgements;
        this.inquiry = new Inquiry("Kafka", () -> topics.ask()
                .thenApply(answer -> new Answer(answer.well(), answer.detail()))
                .toCompletableFuture());
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!topics.seen()) {
            return Uni.createFrom().item(response(false, topics.state()));
        }
        return inquiry.answer().map(answer -> response(answer.well() && !acknowledgements.isSilent(), detail(answer)));
    }

    private String detail(Answer answer) {
        if (!acknowledgements.isSilent()) {
            return answer.detail();
        }
        return answer.well() ? SILENT : SILENT + "; " + answer.detail();
    }

    private static HealthCheckResponse response(boolean up, String detail) {
        return HealthCheckResponse.named("kafka")
                .status(up)
                .withData("detail", detail)
                .build();
    }
}
