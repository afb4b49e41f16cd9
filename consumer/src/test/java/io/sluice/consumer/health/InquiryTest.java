package io.sluice.consumer.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.consumer.health.Inquiry.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class InquiryTest {

    private final Deque<CompletableFuture<Answer>> asked = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Inquiry inquiry = new Inquiry(
            "somebody",
            () -> {
                asked.add(new CompletableFuture<>());
                return asked.getLast();
            },
            nanos::get);

    @Test
    void silenceIsAnAnswerAndTheQuestionIsNotRepeated() {
        // When
        HealthCheckResponse first = inquiry.response().await().indefinitely();
        HealthCheckResponse second = inquiry.response().await().indefinitely();

        // Then
        assertThat(detail(first)).isEqualTo("no answer within 800 ms");
        assertThat(detail(second)).isEqualTo("no answer within 800 ms");
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatWasWrongBeforeIsSaidAgainInsteadOfSilence() {
        // Given
        CompletableFuture<HealthCheckResponse> first = inquiry.response().subscribeAsCompletionStage();
        asked.getLast().completeExceptionally(new IllegalStateException(new IllegalStateException("refused")));

        // When
        HealthCheckResponse second = inquiry.response().await().indefinitely();

        // Then
        assertThat(detail(first.join())).isEqualTo("refused");
        assertThat(detail(second)).isEqualTo("refused");
        assertThat(second.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatIsWellStandsForASecondAndIsThenAskedAgain() {
        // Given
        CompletableFuture<HealthCheckResponse> first = inquiry.response().subscribeAsCompletionStage();
        asked.getLast().complete(new Answer(true, "well"));

        // When
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        HealthCheckResponse soon = inquiry.response().await().indefinitely();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        CompletableFuture<HealthCheckResponse> later = inquiry.response().subscribeAsCompletionStage();
        asked.getLast().complete(new Answer(false, "gone"));

        // Then
        assertThat(detail(first.join())).isEqualTo("well");
        assertThat(detail(soon)).isEqualTo("well");
        assertThat(detail(later.join())).isEqualTo("gone");
        assertThat(asked).hasSize(2);
    }

    private static Object detail(HealthCheckResponse response) {
        return response.getData().orElseThrow().get("detail");
    }
}
