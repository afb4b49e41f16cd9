package io.sluice.consumer.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

        // When
        batch.close();

        // Then
        assertThat(progress.sinceLastHeartbeat()).isEmpty();
    }

    @Test
    void ofTwoUnderWayTheLastHeartbeatIsTold() {
        // Given
        BatchProgress.UnderWay first = progress.begin();
        BatchProgress.UnderWay second = progress.begin();
        nanos.set(Duration.ofSeconds(3).toNanos());

        // When
        first.close();

        // Then
        assertThat(progress.sinceLastHeartbeat()).contains(Duration.ofSeconds(3));

        // When
        second.close();

        // Then
        assertThat(progress.sinceLastHeartbeat()).isEmpty();
    }

    @Test
    void aBatchMoreBeginsWhenOneHasEnded() {
        // Given
        BatchProgress.UnderWay first = progress.begin();
        progress.begin();

        // When
        CompletableFuture<BatchProgress.UnderWay> third = CompletableFuture.supplyAsync(progress::begin);

        // Then
        assertThatThrownBy(() -> third.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        // When
        first.close();

        // Then
        assertThat(third).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void theEndOfAllCanBeWaitedFor() throws InterruptedException {
        // Given
        BatchProgress.UnderWay batch = progress.begin();
        BatchProgress.UnderWay next = progress.begin();

        // Then
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isFalse();
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isFalse();

        // When
        batch.close();

        // Then
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isFalse();

        // When
        next.close();

        // Then
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isTrue();
        assertThat(progress.awaitEnd(Duration.ofMillis(1))).isTrue();
    }
}
