package io.sluice.consumer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortionsTest {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

    private final AtomicLong nanoTime = new AtomicLong();
    private final Portions portions = new Portions(nanoTime::get);

    @Test
    void allComesAtOnceUntilItFails() {
        assertThat(sizes(2_000)).containsExactly(2_000);
        assertThat(sizes(0)).isEmpty();
    }

    @Test
    void halfAsManyComeAfterAFailureThatTookLong() {
        // When
        portions.failed(2_000, STATEMENT_TIMEOUT);
        portions.stored();

        // Then
        assertThat(sizes(2_500)).containsExactly(1_000, 1_000, 500);
    }

    @Test
    void aMinuteLaterEachSuccessDoublesThem() {
        // Given
        portions.failed(2_000, STATEMENT_TIMEOUT);
        nanoTime.addAndGet(Duration.ofSeconds(61).toNanos());

        // When
        portions.stored();

        // Then
        assertThat(sizes(2_500)).containsExactly(2_000, 500);
    }

    @Test
    void whatFailsAtOnceIsNotRemembered() {
        // When
        portions.failed(2_000, Duration.ofMillis(999));

        // Then
        assertThat(sizes(2_000)).containsExactly(2_000);
    }

    @Test
    void whatFailsAloneDoesNotFailForItsNumber() {
        // Given
        portions.failed(2, STATEMENT_TIMEOUT);

        // When
        portions.failed(1, STATEMENT_TIMEOUT);

        // Then
        assertThat(sizes(2_000)).containsExactly(2_000);
    }

    private List<Integer> sizes(int events) {
        return portions.of(IntStream.range(0, events).boxed().toList()).stream()
                .map(List::size)
                .toList();
    }
}
