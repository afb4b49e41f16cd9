package io.sluice.api.health;

import io.sluice.api.publishing.Acknowledgements;
import io.sluice.api.publishing.Topics;
import io.sluice.api.publishing.Topics.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** What {@code /health} says of Kafka. No probe depends on it: messages are read without Kafka. */
@Wellness
@ApplicationScoped
class KafkaCheck implements AsyncHealthCheck {

    /** Less than the second that a probe waits by default. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);

    private static final String SILENT = "Kafka acknowledges no events; posts are refused, but for one now and then";

    private final Topics topics;
    private final Acknowledgements acknowledgements;

    KafkaCheck(Topics topics, Acknowledgements acknowledgements) {
        this.topics = topics;
        this.acknowledgements = acknowledgements;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!topics.seen()) {
            return Uni.createFrom().item(response(false, topics.state()));
        }
        return Uni.createFrom()
                .completionStage(topics::ask)
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .onFailure()
                .recoverWithItem(this::unanswered)
                .map(answer -> response(answer.well() && !acknowledgements.isSilent(), detail(answer)));
    }

    private Answer unanswered() {
        return new Answer(
                false,
                acknowledgements.isSilent()
                        ? SILENT
                        : "Kafka did not answer within " + ANSWER_WITHIN.toMillis() + " ms");
    }

    private String detail(Answer answer) {
        return answer.well() && acknowledgements.isSilent() ? SILENT : answer.detail();
    }

    private static HealthCheckResponse response(boolean up, String detail) {
        return HealthCheckResponse.named("kafka")
                .status(up)
                .withData("detail", detail)
                .build();
    }
}
