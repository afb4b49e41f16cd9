package io.sluice.api.messages.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightEventsTest {

    private final ProblemException failure =
            ProblemException.of(ProblemCode.OUTCOME_UNKNOWN, "Kafka is away.", UUID.randomUUID());

    private final InFlightEvents inFlight = new InFlightEvents();

    private InFlightEvents.Sent begin(long position, int bytes) {
        InFlightEvents.Sent sent = inFlight.begin(position, UUID.randomUUID(), bytes);
        inFlight.pass(position);
        return sent;
    }

    @Test
    void allIsAcknowledgedUpToTheFirstThatIsNot() {
        // Given
        InFlightEvents.Sent first = begin(1, 10);
        InFlightEvents.Sent third = begin(3, 10);
        InFlightEvents.Sent fourth = begin(4, 10);
        inFlight.pass(6);

        // When, then
        assertThat(inFlight.through()).isZero();
        inFlight.end(third, null);
        assertThat(inFlight.through()).isZero();
        inFlight.end(first, null);
        assertThat(inFlight.through()).isEqualTo(3);
        inFlight.end(fourth, null);
        assertThat(inFlight.through()).isEqualTo(6);
        assertThat(inFlight.accepted()).isEqualTo(3);
    }

    @Test
    void whatHasFailedStaysOpenAndNothingIsHandedOverAfterIt() {
        // Given
        InFlightEvents.Sent first = begin(1, 10);
        InFlightEvents.Sent second = begin(2, 10);
        InFlightEvents.Sent third = begin(3, 10);

        // When
        inFlight.end(first, null);
        inFlight.end(second, failure);
        inFlight.end(third, null);

        // Then
        assertThat(inFlight.awaitAll()).isSameAs(failure);
        assertThat(inFlight.through()).isEqualTo(1);
        assertThat(inFlight.accepted()).isEqualTo(2);
        assertThatThrownBy(() -> begin(4, 10)).isSameAs(failure);
    }

    @Test
    void anEventWaitsUntilThoseBeforeItLeaveRoom() throws Exception {
        // Given
        InFlightEvents.Sent large = begin(1, InFlightEvents.MAX_BYTES / 2);
        InFlightEvents.Sent larger = begin(2, InFlightEvents.MAX_BYTES / 2 - 2_000);

        // When
        CompletableFuture<InFlightEvents.Sent> next = CompletableFuture.supplyAsync(() -> begin(3, 4_000));

        // Then
        assertThat(next.copy()
                        .completeOnTimeout(null, 100, TimeUnit.MILLISECONDS)
                        .get())
                .isNull();
        inFlight.end(large, null);
        inFlight.end(next.get(10, TimeUnit.SECONDS), null);
        inFlight.end(larger, null);
        assertThat(inFlight.awaitAll()).isNull();
    }

    @Test
    void anEventThatIsLargerThanAllMayBeIsAlone() {
        inFlight.end(begin(1, 2 * InFlightEvents.MAX_BYTES), null);

        assertThat(inFlight.awaitAll()).isNull();
        assertThat(inFlight.through()).isEqualTo(1);
    }
}
