package io.sluice.api.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResponseMemoryTest {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final long RESERVED = 9 << 20;

    private final ResponseMemory memory = new ResponseMemory(2 * RESERVED, RESERVED);
    private final ResponseReservation first = new ResponseReservation(memory);
    private final ResponseReservation second = new ResponseReservation(memory);
    private final ResponseReservation third = new ResponseReservation(memory);

    @Test
    void aReadWaitsUntilTheResponseOfAnotherIsWritten() throws Exception {
        // Given
        assertThat(first.beginReading(NO_TIME)).isTrue();
        assertThat(second.beginReading(NO_TIME)).isTrue();
        assertThat(third.beginReading(NO_TIME)).isFalse();
        first.endReading(false);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> begin(third));

        // When
        first.end();

        // Then
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean begin(ResponseReservation reservation) {
        try {
            return reservation.beginReading(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsReadForAClientThatIsGoneCountsUntilItIsRead() throws Exception {
        // Given
        first.beginReading(NO_TIME);
        second.beginReading(NO_TIME);

        // When
        first.end();

        // Then
        assertThat(third.beginReading(NO_TIME)).isFalse();
        first.endReading(false);
        assertThat(third.beginReading(NO_TIME)).isTrue();
    }

    @Test
    void whoWaitsForWhatIsNotThereHoldsNoMemory() throws Exception {
        // Given
        first.beginReading(NO_TIME);
        second.beginReading(NO_TIME);

        // When
        first.endReading(true);

        // Then
        assertThat(third.beginReading(NO_TIME)).isTrue();
    }

    @Test
    void aRequestReservesOnceHoweverOftenItReads() throws Exception {
        // Given
        first.beginReading(NO_TIME);
        first.endReading(false);

        // When
        first.beginReading(NO_TIME);
        first.endReading(false);
        first.end();

        // Then
        assertThat(second.beginReading(NO_TIME)).isTrue();
        assertThat(third.beginReading(NO_TIME)).isTrue();
    }

    @Test
    void whatClientsDoNotReadLeavesOneReadAtATime() throws Exception {
        // Given
        memory.addUnread(3 * RESERVED);

        // When
        boolean granted = first.beginReading(NO_TIME);

        // Then
        assertThat(granted).isTrue();
        assertThat(second.beginReading(NO_TIME)).isFalse();
        memory.removeUnread(3 * RESERVED);
        assertThat(second.beginReading(NO_TIME)).isTrue();
    }

    @Test
    void aSmallResponseKeepsLittleUntilItIsWritten() throws Exception {
        // Given
        first.beginReading(NO_TIME);

        // When
        first.keepFor(1024);
        first.endReading(false);

        // Then
        assertThat(second.beginReading(NO_TIME)).isTrue();
        assertThat(third.beginReading(NO_TIME)).isFalse();
        second.keepFor(1024);
        second.endReading(false);
        assertThat(third.beginReading(NO_TIME)).isTrue();
    }

    @Test
    void aLargeResponseKeepsNoMoreThanItHas() throws Exception {
        // Given
        first.beginReading(NO_TIME);
        second.beginReading(NO_TIME);

        // When
        first.keepFor(1 << 30);

        // Then
        assertThat(third.beginReading(NO_TIME)).isFalse();
        first.endReading(false);
        first.end();
        assertThat(third.beginReading(NO_TIME)).isTrue();
    }

    @Test
    void aRequestThatReadsAgainReservesForALargeResponse() throws Exception {
        // Given
        first.beginReading(NO_TIME);
        first.keepFor(0);
        first.endReading(false);
        first.beginReading(NO_TIME);
        first.endReading(false);

        // When
        second.beginReading(NO_TIME);

        // Then
        assertThat(third.beginReading(NO_TIME)).isFalse();
        first.end();
        assertThat(third.beginReading(NO_TIME)).isTrue();
    }
}
