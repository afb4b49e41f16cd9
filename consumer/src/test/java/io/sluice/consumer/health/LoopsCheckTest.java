package io.sluice.consumer.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.consumer.progress.BatchProgress;
import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class LoopsCheckTest {

    private static final Duration STUCK = Duration.ofSeconds(121);

    private final AtomicLong nanos = new AtomicLong();
    private final BatchProgressRegistry progress = new BatchProgressRegistry(nanos::get);
    private Optional<Duration> sinceLastPoll = Optional.of(Duration.ZERO);
    private final LoopsCheck liveness =
            new LoopsCheck(progress, loop -> loop == Loop.MESSAGES ? sinceLastPoll : Optional.empty(), nanos::get);

    @Test
    void aBatchThatIsStuckTakesLivenessDownUntilItEnds() {
        // Given
        BatchProgress.UnderWay batch = progress.of(Loop.PROJECTION).begin();
        assertThat(status()).isEqualTo(HealthCheckResponse.Status.UP);

        // When
        nanos.addAndGet(STUCK.toNanos());

        // Then
        assertThat(status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(detail()).isEqualTo("projection: the batch under way last turned 121 s ago");

        // When
        batch.close();

        // Then
        assertThat(status()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void aClientThatPollsNoMoreTakesLivenessDown() {
        // When
        sinceLastPoll = Optional.of(STUCK);

        // Then
        assertThat(status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(detail()).isEqualTo("messages: Kafka was last asked for records 121 s ago");
    }

    @Test
    void aClientThatIsClosedTakesLivenessDown() {
        // Given
        assertThat(status()).isEqualTo(HealthCheckResponse.Status.UP);

        // When
        sinceLastPoll = Optional.empty();
        nanos.addAndGet(STUCK.toNanos());

        // Then
        assertThat(status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(detail()).isEqualTo("messages: Kafka was last asked for records 121 s ago");
    }

    @Test
    void havingNothingToDoIsNotBeingStuck() {
        // When
        nanos.addAndGet(Duration.ofDays(1).toNanos());

        // Then
        assertThat(status()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    private HealthCheckResponse.Status status() {
        return response().getStatus();
    }

    private Object detail() {
        return response().getData().orElseThrow().get("detail");
    }

    private HealthCheckResponse response() {
        return liveness.call().await().indefinitely();
    }
}
