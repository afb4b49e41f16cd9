package io.sluice.worker.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IngestPriorityTest {

    private final IngestPriority priority = new IngestPriority();

    private static Duration time(Step step) throws InterruptedException {
        long start = System.nanoTime();
        step.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    @Test
    void nobodyWaitsForever() throws InterruptedException {
        // Given
        priority.begin();

        // Then
        assertThat(time(priority::await)).isBetween(Duration.ofMillis(490), Duration.ofSeconds(20));
    }

    @Test
    void theEndOfTheLastIngestIsTheNextOnesTurn() {
        // Given
        priority.begin();
        priority.begin();
        Thread waits = new Thread(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    if (time(priority::await).compareTo(Duration.ofMillis(100)) < 0) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waits.start();

        // When
        priority.end();
        priority.end();

        // Then
        Await.await().until(() -> !waits.isAlive());
    }
}
