package io.sluice.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final AtomicLong nanoTime = new AtomicLong();
    private final CircuitBreaker breaker = new CircuitBreaker(2, PAUSE, nanoTime::get);

    @Test
    void failuresInARowOpenIt() {
        breaker.failed();
        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
        breaker.failed();
        assertThat(breaker.allows()).isFalse();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void aSuccessBetweenThemKeepsItClosed() {
        breaker.failed();
        breaker.succeeded();
        breaker.failed();
        assertThat(breaker.allows()).isTrue();
    }

    @Test
    void afterThePauseOneCallTriesForAll() {
        // Given
        breaker.failed();
        breaker.failed();

        // When
        nanoTime.addAndGet(PAUSE.toNanos());

        // Then
        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).as("the others wait").isFalse();

        // When
        breaker.failed();
        nanoTime.addAndGet(PAUSE.toNanos() - 1);

        // Then
        assertThat(breaker.allows()).isFalse();

        // When
        breaker.succeeded();

        // Then
        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).isTrue();
    }
}
