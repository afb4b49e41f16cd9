package io.sluice.consumer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdaptiveBatchSizeTest {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

    private final AtomicLong nanoTime = new AtomicLong();
    private final AdaptiveBatchSize batchSize = new AdaptiveBatchSize(nanoTime::get);

    @Test
    void allComesAtOnceUntilItFails() {
        assertThat(sizes(2_000)).containsExactly(2_000);
        assertThat(sizes(0)).isEmpty();
    }

    @Test
    void halfAsManyComeAfterAFailureThatTookLong() {
        // When
        batchSize.failed(2_000, STATEMENT_TIMEOUT);
        batchSize.stored();

        // Then
        assertThat(sizes(2_500)).containsExactly(1_000, 1_000, 500);
    }

    @Test
    void aMinuteLaterEachSuccessDoublesThem() {
        // Given
        batchSize.failed(2_000, STATEMENT_TIMEOUT);
        nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());

        // When
        batchSize.stored();

        // Then
        assertThat(sizes(2_500)).containsExactly(2_000, 500);
    }

    @Test
    void whatFailsAtOnceIsNotRemembered() {
        // When
        batchSize.failed(2_000, Duration.ofMillis(999));

        // Then
        assertThat(sizes(2_000)).containsExactly(2_000);
    }

    @Test
    void whatFailsAloneDoesNotFailForItsNumber() {
        // Given
        batchSize.failed(2, STATEMENT_TIMEOUT);

        // When
        batchSize.failed(1, STATEMENT_TIMEOUT);

        // Then
        assertThat(sizes(2_000)).containsExactly(2_000);
    }

    private List<Integer> sizes(int events) {
        return batchSize.split(IntStream.range(0, events).boxed().toList()).stream()
                .map(List::size)
                .toList();
    }
}
