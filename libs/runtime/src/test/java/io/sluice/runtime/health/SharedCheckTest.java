package io.sluice.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.health.SharedCheck.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class SharedCheckTest {

    private static final Answer WELL = new Answer(true, "well");

    private final Deque<CompletableFuture<Answer>> asked = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private final SharedCheck check = new SharedCheck(
            "Kafka",
            () -> {
                asked.add(new CompletableFuture<>());
                return asked.getLast();
            },
            nanos::get);

    @Test
    void silenceIsAnAnswerAndTheQuestionIsNotRepeated() {
        // When
        Answer first = check.answer().await().indefinitely();
        Answer second = check.answer().await().indefinitely();

        // Then
        assertThat(first).isEqualTo(new Answer(false, "Kafka did not answer within 800 ms"));
        assertThat(second).isEqualTo(first);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatIsWellStandsForASecondAndIsThenAskedAgain() {
        // Given
        CompletableFuture<Answer> first = check.answer().subscribeAsCompletionStage();
        asked.getLast().complete(WELL);

        // When
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        Answer soon = check.answer().await().indefinitely();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        CompletableFuture<Answer> later = check.answer().subscribeAsCompletionStage();
        asked.getLast().complete(new Answer(false, "gone"));

        // Then
        assertThat(first.join()).isEqualTo(WELL);
        assertThat(soon).isEqualTo(WELL);
        assertThat(later.join()).isEqualTo(new Answer(false, "gone"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatIsWrongIsAskedAgainAtOnceAndSaidAgainInsteadOfSilence() {
        // Given
        CompletableFuture<Answer> first = check.answer().subscribeAsCompletionStage();
        asked.getLast().completeExceptionally(new IllegalStateException(new IllegalStateException("refused")));

        // When
        Answer second = check.answer().await().indefinitely();

        // Then
        assertThat(first.join()).isEqualTo(new Answer(false, "refused"));
        assertThat(second).isEqualTo(first.join());
        assertThat(asked).hasSize(2);
    }

    @Test
    void anAnswerIsTheResponseOfACheck() {
        // When
        HealthCheckResponse response = new Answer(false, "refused").response("database");

        // Then
        assertThat(response.getName()).isEqualTo("database");
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("detail", "refused");
    }
}
