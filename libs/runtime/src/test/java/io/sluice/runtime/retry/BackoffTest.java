package io.sluice.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToTheLongest() {
        // Given
        Backoff backoff = backoff(() -> 1);

        // Then
        assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.after(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.after(6)).isEqualTo(Duration.ofMillis(3_200));
        assertThat(backoff.after(7)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void takesAtLeastHalfOfIt() {
        assertThat(backoff(() -> 0).after(1)).isEqualTo(Duration.ofMillis(50));
        assertThat(backoff(() -> 0.5).after(2)).isEqualTo(Duration.ofMillis(150));
    }

    private static Backoff backoff(DoubleSupplier random) {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), random);
    }
}
