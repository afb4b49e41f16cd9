package io.sluice.api.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    /** Before a turn of the sign, which {@link System#nanoTime()} may take. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private final Acknowledgements acknowledgements = new Acknowledgements(now::get);
    private final List<@Nullable Exception> told = new ArrayList<>();
    private final LongAdder inFlight = acknowledgements.newCount();

    @AfterEach
    void stop() {
        acknowledgements.stop();
    }

    @Test
    void anAcknowledgementIsToldOnceAndAtOnce() {
        // Given
        Handover handover = acknowledgements.begin(inFlight, told::add);

        // When
        acknowledgements.done(handover, null);
        pass(Acknowledgements.PATIENCE);

        // Then
        assertThat(told).containsExactly((Exception) null);
        assertThat(acknowledgements.isSilent()).isFalse();
    }

    @Test
    void whoHasWaitedLongEnoughIsToldAndALaterAcknowledgementNotAnyMore() {
        // Given
        Handover first = acknowledgements.begin(inFlight, told::add);
        pass(Acknowledgements.PATIENCE.minusNanos(1));
        acknowledgements.begin(inFlight, told::add);
        assertThat(told).isEmpty();

        // When
        pass(Duration.ofNanos(1));
        acknowledgements.done(first, null);

        // Then
        assertThat(told).singleElement().isInstanceOf(TimeoutException.class);
    }

    @Test
    void whatTheProducerHasNotTakenIsNotWaitedFor() {
        // Given
        Handover handover = acknowledgements.begin(inFlight, told::add);

        // When
        acknowledgements.refused(handover);
        pass(Acknowledgements.PATIENCE);

        // Then
        assertThat(told).isEmpty();
        assertThat(acknowledgements.isSilent()).isFalse();
    }

    @Test
    void oneLateAcknowledgementAmongOthersIsNoSilence() {
        // Given
        acknowledgements.begin(inFlight, told::add);
        pass(Acknowledgements.PATIENCE.dividedBy(2));
        acknowledgements.done(acknowledgements.begin(inFlight, told::add), null);

        // When
        pass(Acknowledgements.PATIENCE.dividedBy(2));

        // Then
        assertThat(told).hasSize(2);
        assertThat(acknowledgements.isSilent()).isFalse();
        assertThat(acknowledgements.admit()).isTrue();
    }

    @Test
    void inASilenceOneProbeATimeIsAdmitted() {
        // Given
        acknowledgements.begin(inFlight, told::add);

        // When
        pass(Acknowledgements.PATIENCE);

        // Then
        assertThat(acknowledgements.isSilent()).isTrue();
        assertThat(acknowledgements.admit()).isFalse();
        pass(Acknowledgements.BETWEEN_PROBES);
        assertThat(acknowledgements.admit()).isTrue();
        assertThat(acknowledgements.admit()).isFalse();
        pass(Acknowledgements.BETWEEN_PROBES);
        assertThat(acknowledgements.admit()).isTrue();
    }

    @Test
    void anyAcknowledgementEndsASilenceAndAFailureDoesNot() {
        // Given
        Handover lost = acknowledgements.begin(inFlight, told::add);
        Handover delivered = acknowledgements.begin(inFlight, told::add);
        pass(Acknowledgements.PATIENCE);

        // When
        acknowledgements.done(lost, new TimeoutException());
        pass(Duration.ofMillis(1));
        boolean silentAfterAFailure = acknowledgements.isSilent();
        acknowledgements.done(delivered, null);
        pass(Duration.ofMillis(1));

        // Then
        assertThat(silentAfterAFailure).isTrue();
        assertThat(acknowledgements.isSilent()).isFalse();
        assertThat(acknowledgements.admit()).isTrue();
    }

    @Test
    void aSilenceEndsWhenNothingIsLeftToBeAcknowledged() {
        // Given
        Handover lost = acknowledgements.begin(inFlight, told::add);
        pass(Acknowledgements.PATIENCE);

        // When
        acknowledgements.done(lost, new TimeoutException());
        pass(Duration.ofMillis(1));

        // Then
        assertThat(acknowledgements.isSilent()).isFalse();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        acknowledgements.tick();
    }
}
