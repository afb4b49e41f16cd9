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

class InFlightSendsTest {

    /** Before a turn of the sign, which {@link System#nanoTime()} may take. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private final KafkaCircuitBreaker breaker = new KafkaCircuitBreaker(now::get);
    private final InFlightSends sends = new InFlightSends(breaker, now::get);
    private final List<@Nullable Exception> told = new ArrayList<>();
    private final LongAdder inFlight = sends.newCount();

    @AfterEach
    void stop() {
        sends.stop();
    }

    @Test
    void anAcknowledgementIsToldOnceAndAtOnce() {
        // Given
        PendingSend pending = sends.begin(inFlight, told::add);

        // When
        sends.done(pending, null);
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT);

        // Then
        assertThat(told).containsExactly((Exception) null);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void whoHasWaitedLongEnoughIsToldAndALaterAcknowledgementNotAnyMore() {
        // Given
        PendingSend first = sends.begin(inFlight, told::add);
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT.minusNanos(1));
        sends.begin(inFlight, told::add);
        assertThat(told).isEmpty();

        // When
        pass(Duration.ofNanos(1));
        sends.done(first, null);

        // Then
        assertThat(told).singleElement().isInstanceOf(TimeoutException.class);
    }

    @Test
    void whatTheProducerHasNotTakenIsNotWaitedFor() {
        // Given
        PendingSend pending = sends.begin(inFlight, told::add);

        // When
        sends.refused(pending);
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT);

        // Then
        assertThat(told).isEmpty();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void oneLateAcknowledgementAmongOthersIsNoSilence() {
        // Given
        sends.begin(inFlight, told::add);
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT.dividedBy(2));
        sends.done(sends.begin(inFlight, told::add), null);

        // When
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT.dividedBy(2));

        // Then
        assertThat(told).hasSize(2);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.admit()).isTrue();
    }

    @Test
    void inASilenceOneProbeATimeIsAdmitted() {
        // Given
        sends.begin(inFlight, told::add);

        // When
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT);

        // Then
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.admit()).isFalse();
        pass(KafkaCircuitBreaker.PROBE_INTERVAL);
        assertThat(breaker.admit()).isTrue();
        assertThat(breaker.admit()).isFalse();
        pass(KafkaCircuitBreaker.PROBE_INTERVAL);
        assertThat(breaker.admit()).isTrue();
    }

    @Test
    void anyAcknowledgementEndsASilenceAndAFailureDoesNot() {
        // Given
        PendingSend lost = sends.begin(inFlight, told::add);
        PendingSend delivered = sends.begin(inFlight, told::add);
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT);

        // When
        sends.done(lost, new TimeoutException());
        pass(Duration.ofMillis(1));
        boolean openAfterAFailure = breaker.isOpen();
        sends.done(delivered, null);
        pass(Duration.ofMillis(1));

        // Then
        assertThat(openAfterAFailure).isTrue();
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.admit()).isTrue();
    }

    @Test
    void aSilenceEndsWhenNothingIsLeftToBeAcknowledged() {
        // Given
        PendingSend lost = sends.begin(inFlight, told::add);
        pass(InFlightSends.ACKNOWLEDGEMENT_TIMEOUT);

        // When
        sends.done(lost, new TimeoutException());
        pass(Duration.ofMillis(1));

        // Then
        assertThat(breaker.isOpen()).isFalse();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        sends.tick();
    }
}
