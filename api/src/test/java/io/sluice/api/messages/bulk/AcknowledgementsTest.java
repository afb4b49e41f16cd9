package io.sluice.api.messages.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    private final ProblemException failure =
            ProblemException.of(ProblemCode.OUTCOME_UNKNOWN, "Kafka is away.", UUID.randomUUID());

    private final Acknowledgements acknowledgements = new Acknowledgements();

    private Acknowledgements.Sent begin(long position, int bytes) {
        Acknowledgements.Sent sent = acknowledgements.begin(position, UUID.randomUUID(), bytes);
        acknowledgements.pass(position);
        return sent;
    }

    @Test
    void allIsAcknowledgedUpToTheFirstThatIsNot() {
        // Given
        Acknowledgements.Sent first = begin(1, 10);
        Acknowledgements.Sent third = begin(3, 10);
        Acknowledgements.Sent fourth = begin(4, 10);
        acknowledgements.pass(6);

        // When, then
        assertThat(acknowledgements.through()).isZero();
        acknowledgements.end(third, null);
        assertThat(acknowledgements.through()).isZero();
        acknowledgements.end(first, null);
        assertThat(acknowledgements.through()).isEqualTo(3);
        acknowledgements.end(fourth, null);
        assertThat(acknowledgements.through()).isEqualTo(6);
        assertThat(acknowledgements.accepted()).isEqualTo(3);
    }

    @Test
    void whatHasFailedStaysOpenAndNothingIsHandedOverAfterIt() {
        // Given
        Acknowledgements.Sent first = begin(1, 10);
        Acknowledgements.Sent second = begin(2, 10);
        Acknowledgements.Sent third = begin(3, 10);

        // When
        acknowledgements.end(first, null);
        acknowledgements.end(second, failure);
        acknowledgements.end(third, null);

        // Then
        assertThat(acknowledgements.awaitAll()).isSameAs(failure);
        assertThat(acknowledgements.through()).isEqualTo(1);
        assertThat(acknowledgements.accepted()).isEqualTo(2);
        assertThatThrownBy(() -> begin(4, 10)).isSameAs(failure);
    }

    @Test
    void anEventWaitsUntilThoseBeforeItLeaveRoom() throws Exception {
        // Given
        Acknowledgements.Sent large = begin(1, Acknowledgements.MAX_BYTES / 2);
        Acknowledgements.Sent larger = begin(2, Acknowledgements.MAX_BYTES / 2 - 2_000);

        // When
        CompletableFuture<Acknowledgements.Sent> next = CompletableFuture.supplyAsync(() -> begin(3, 4_000));

        // Then
        assertThat(next.copy()
                        .completeOnTimeout(null, 100, TimeUnit.MILLISECONDS)
                        .get())
                .isNull();
        acknowledgements.end(large, null);
        acknowledgements.end(next.get(10, TimeUnit.SECONDS), null);
        acknowledgements.end(larger, null);
        assertThat(acknowledgements.awaitAll()).isNull();
    }

    @Test
    void anEventThatIsLargerThanAllMayBeIsAlone() {
        acknowledgements.end(begin(1, 2 * Acknowledgements.MAX_BYTES), null);

        assertThat(acknowledgements.awaitAll()).isNull();
        assertThat(acknowledgements.through()).isEqualTo(1);
    }
}
