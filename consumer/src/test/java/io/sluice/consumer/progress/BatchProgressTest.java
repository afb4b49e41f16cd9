package io.sluice.consumer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BatchProgressTest {

    private final AtomicLong nanos = new AtomicLong();
    private final BatchProgress progress = new BatchProgress(nanos::get);

    @Test
    void idleIsNotStuck() {
        assertThat(progress.sinceLastHeartbeat()).isEmpty();
    }

    @Test
    void theTimeSinceTheLastTurnIsToldWhileABatchIsUnderWay() {
        // When
        BatchProgress.UnderWay batch = progress.begin();
        nanos.set(Duration.ofSeconds(3).toNanos());

        // Then
        assertThat(progress.sinceLastHeartbeat()).contains(Duration.ofSeconds(3));

        // When
        progress.heartbeat();
        nanos.set(Duration.ofSeconds(4).toNanos());

        // Then
        assertThat(progress.sinceLastHeartbeat()).contains(Duration.ofSeconds(1));
        assertThat(batch.age()).isEqualTo(Duration.ofSeconds(4));

        // When
        batch.close();

        // Then
        assertThat(progress.sinceLastHeartbeat()).isEmpty();
    }

    @Test
    void theEndOfABatchCanBeWaitedFor() throws InterruptedException {
        // Given
        BatchProgress.UnderWay batch = progress.begin();

        // Then
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isFalse();
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isFalse();

        // When
        batch.close();

        // Then
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isTrue();
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isTrue();
    }
}
