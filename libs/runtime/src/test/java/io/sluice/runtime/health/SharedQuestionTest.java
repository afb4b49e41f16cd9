package io.sluice.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedQuestionTest {

    private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private final SharedQuestion<String> question = new SharedQuestion<>(
            () -> {
                asked.add(new CompletableFuture<>());
                return asked.getLast();
            },
            answer -> true,
            nanos::get);

    @Test
    void allWhoAskWhileItIsUnderWayShareOneQuestion() {
        // When
        CompletableFuture<String> first = question.ask();
        CompletableFuture<String> second = question.ask();
        asked.getLast().complete("answer");

        // Then
        assertThat(asked).hasSize(1);
        assertThat(first.join()).isEqualTo("answer");
        assertThat(second.join()).isEqualTo("answer");
    }

    @Test
    void anAnswerServesForASecond() {
        // Given
        var unused = question.ask();
        asked.getLast().complete("first");

        // When
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        CompletableFuture<String> soon = question.ask();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        CompletableFuture<String> later = question.ask();

        // Then
        assertThat(soon.join()).isEqualTo("first");
        assertThat(later).isNotDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void afterAFailureItIsAskedAgainAtOnce() {
        // Given
        CompletableFuture<String> first = question.ask();
        asked.getLast().completeExceptionally(new IllegalStateException("away"));

        // When
        CompletableFuture<String> second = question.ask();
        asked.getLast().complete("back");

        // Then
        assertThat(first).isCompletedExceptionally();
        assertThat(second.join()).isEqualTo("back");
    }
}
