package io.sluice.consumer.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseTrackerTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final PauseTracker pauseTracker = new PauseTracker(registry);

    @Test
    void thePauseThatGoesOnIsCountedAndNoneIsCountedTwice() {
        // Given
        pauseTracker.begin(Dependency.DATABASE, "away");
        clock.add(Duration.ofSeconds(3));
        assertThat(seconds(Dependency.DATABASE)).isEqualTo(3);

        // When
        pauseTracker.begin(Dependency.DATABASE, "still away");
        clock.add(Duration.ofSeconds(2));
        pauseTracker.end(Dependency.DATABASE);
        clock.add(Duration.ofSeconds(100));
        pauseTracker.end(Dependency.DATABASE);

        // Then
        assertThat(seconds(Dependency.DATABASE)).isEqualTo(5);
        assertThat(seconds(Dependency.DEAD_LETTERS)).isZero();

        // When
        pauseTracker.begin(Dependency.DATABASE, "away again");
        clock.add(Duration.ofSeconds(1));

        // Then
        assertThat(seconds(Dependency.DATABASE)).isEqualTo(6);
    }

    private double seconds(Dependency dependency) {
        return registry.get("sluice.consumer.paused")
                .tag("dependency", dependency.label())
                .functionCounter()
                .count();
    }
}
