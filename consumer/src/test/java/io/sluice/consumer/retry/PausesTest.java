package io.sluice.consumer.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final Pauses pauses = new Pauses(registry);

    @Test
    void thePauseThatGoesOnIsCountedAndNoneIsCountedTwice() {
        // Given
        pauses.begin(Part.DATABASE, "away");
        clock.add(Duration.ofSeconds(3));
        assertThat(seconds(Part.DATABASE)).isEqualTo(3);

        // When
        pauses.begin(Part.DATABASE, "still away");
        clock.add(Duration.ofSeconds(2));
        pauses.end(Part.DATABASE);
        clock.add(Duration.ofSeconds(100));
        pauses.end(Part.DATABASE);

        // Then
        assertThat(seconds(Part.DATABASE)).isEqualTo(5);
        assertThat(seconds(Part.DEAD_LETTERS)).isZero();

        // When
        pauses.begin(Part.DATABASE, "away again");
        clock.add(Duration.ofSeconds(1));

        // Then
        assertThat(seconds(Part.DATABASE)).isEqualTo(6);
    }

    private double seconds(Part part) {
        return registry.get("sluice.consumer.paused")
                .tag("part", part.label())
                .functionCounter()
                .count();
    }
}
