package io.sluice.llm.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.llm.ModelFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    // Near its overflow, as System.nanoTime may be.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final CircuitBreaker breaker = new CircuitBreaker(now::get);

    @Test
    void itOpensAfterSomeFailuresInARow() {
        fail(CircuitBreaker.THRESHOLD - 1);
        breaker.succeeded();
        fail(CircuitBreaker.THRESHOLD - 1);
        assertThat(breaker.rejection()).isEmpty();

        fail(1);

        assertThat(breaker.rejection()).contains(new CircuitBreaker.Rejection(Kind.UNAVAILABLE, CircuitBreaker.OPEN));
    }

    @Test
    void oneRequestFindsOutWhetherItHasPassed() {
        // Given
        fail(CircuitBreaker.THRESHOLD);
        pass(CircuitBreaker.OPEN);

        // When
        assertThat(breaker.rejection()).isEmpty();
        assertThat(breaker.rejection()).isPresent();
        breaker.succeeded();

        // Then
        assertThat(breaker.rejection()).isEmpty();
    }

    @Test
    void ifItHasNotItStaysOpen() {
        fail(CircuitBreaker.THRESHOLD);
        pass(CircuitBreaker.OPEN);
        assertThat(breaker.rejection()).isEmpty();

        fail(1);

        assertThat(breaker.rejection()).isPresent();
    }

    @Test
    void aRequestWhoseOutcomeIsNotToldIsFollowedByAnother() {
        fail(CircuitBreaker.THRESHOLD);
        pass(CircuitBreaker.OPEN);
        assertThat(breaker.rejection()).isEmpty();

        pass(CircuitBreaker.OPEN);

        assertThat(breaker.rejection()).isEmpty();
    }

    @Test
    void aPauseThatIsAskedForIsKept() {
        breaker.failed(Optional.of(Duration.ofSeconds(20)));
        breaker.failed(Optional.of(Duration.ofSeconds(5)));

        assertThat(breaker.rejection()).contains(new CircuitBreaker.Rejection(Kind.OVERLOADED, Duration.ofSeconds(20)));
        pass(Duration.ofSeconds(20));
        assertThat(breaker.rejection()).isEmpty();
    }

    @Test
    void aPauseOfADayIsNotKept() {
        breaker.failed(Optional.of(Duration.ofDays(1)));

        pass(Duration.ofMinutes(5));

        assertThat(breaker.rejection()).isEmpty();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(Optional.empty());
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
