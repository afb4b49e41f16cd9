package io.sluice.consumer.retry;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.consumer.progress.BatchProgressRegistry;
import io.sluice.consumer.progress.Loop;
import io.sluice.consumer.shutdown.ShutdownException;
import io.sluice.consumer.shutdown.ShutdownSignal;
import io.sluice.runtime.retry.Backoff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryLoopTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PauseTracker pauseTracker = new PauseTracker(registry);
    private final ShutdownSignal shutdown = new ShutdownSignal();
    private final RetryLoop retryLoop = retryLoop(Duration.ofMillis(1));

    /** {@link PauseTracker#reason()} at each attempt. */
    private final List<Optional<String>> seen = new ArrayList<>();

    @Test
    void triesUntilItWorksAndIsPausedMeanwhile() throws ShutdownException {
        // When
        String result = retryLoop.until(Dependency.DATABASE, () -> {
            seen.add(pauseTracker.reason());
            if (seen.size() < 4) {
                throw new SQLException("starting up, " + seen.size(), "57P03");
            }
            return "done";
        });

        // Then
        assertThat(result).isEqualTo("done");
        assertThat(seen)
                .containsExactly(
                        Optional.empty(),
                        Optional.of("database: 57P03 starting up, 1"),
                        Optional.of("database: 57P03 starting up, 2"),
                        Optional.of("database: 57P03 starting up, 3"));
        assertThat(pauseTracker.reason()).isEmpty();
        assertThat(registry.counter("sluice.consumer.pauses", "dependency", "database")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatWorksAtOnceDoesNotEndThePauseOfAnother() throws ShutdownException {
        // When
        retryLoop.until(Dependency.DATABASE, () -> {
            seen.add(pauseTracker.reason());
            if (seen.size() == 1) {
                throw new SQLException("the event cannot be stored", "P0001");
            }
            retryLoop.until(Dependency.DATABASE, () -> "another half of the batch");
            seen.add(pauseTracker.reason());
            return "done";
        });

        // Then
        Optional<String> held = Optional.of("database: P0001 the event cannot be stored");
        assertThat(seen).containsExactly(Optional.empty(), held, held);
        assertThat(pauseTracker.reason()).isEmpty();
    }

    @Test
    void aDeadlockIsRepeatedWithoutAPause() throws ShutdownException {
        // When
        retryLoop.until(Dependency.DATABASE, () -> {
            seen.add(pauseTracker.reason());
            if (seen.size() < 3) {
                throw new SQLException("deadlock detected", "40P01");
            }
            return "done";
        });

        // Then
        assertThat(seen).hasSize(3).containsOnly(Optional.empty());
    }

    @Test
    void aDeadlockThatGoesOnIsAPause() throws ShutdownException {
        // When
        retryLoop.until(Dependency.DATABASE, () -> {
            seen.add(pauseTracker.reason());
            if (seen.size() < 6) {
                throw new SQLException("deadlock detected", "40P01");
            }
            return "done";
        });

        // Then
        Optional<String> deadlock = Optional.of("database: 40P01 deadlock detected");
        assertThat(seen)
                .containsExactly(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), deadlock, deadlock);
    }

    @Test
    void eachAttemptIsATurn() throws ShutdownException {
        // Given
        AtomicLong nanos = new AtomicLong();
        BatchProgressRegistry progress = new BatchProgressRegistry(nanos::get);
        progress.of(Loop.MESSAGES).begin();
        progress.of(Loop.PROJECTION).begin();
        Backoff none = new Backoff(Duration.ZERO, Duration.ZERO, () -> 1);

        // When
        new RetryLoop(none, pauseTracker, progress, shutdown).until(Dependency.DATABASE, () -> {
            nanos.set(Duration.ofSeconds(nanos.get() == 0 ? 1 : 2).toNanos());
            if (nanos.get() < Duration.ofSeconds(2).toNanos()) {
                throw new SQLException("gone", "08006");
            }
            return "done";
        });

        // Then
        assertThat(progress.of(Loop.MESSAGES).sinceLastHeartbeat()).contains(Duration.ofSeconds(1));
        assertThat(progress.of(Loop.PROJECTION).sinceLastHeartbeat()).contains(Duration.ofSeconds(2));
    }

    @Test
    void theWaitEndsAtOnceWhenTheProgramStops() {
        // Given
        RetryLoop patient = retryLoop(Duration.ofDays(1));
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return patient.until(Dependency.DATABASE, () -> {
                    throw new SQLException("gone", "08006");
                });
            } catch (ShutdownException e) {
                throw new CompletionException(e);
            }
        });
        await().until(() -> pauseTracker.reason().isPresent());

        // When
        shutdown.request();

        // Then
        assertThatThrownBy(() -> waiting.orTimeout(5, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(ShutdownException.class);
    }

    private RetryLoop retryLoop(Duration wait) {
        return new RetryLoop(new Backoff(wait, wait, () -> 1), pauseTracker, new BatchProgressRegistry(), shutdown);
    }
}
