package io.sluice.runtime.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NamedThreadsTest {

    private static final Callable<String> WHICH =
            () -> Thread.currentThread().getName() + (Thread.currentThread().isDaemon() ? ", a daemon" : "");

    @Test
    void tasksThatAreScheduledHaveTheNamedThread() throws Exception {
        assertThat(answer(NamedThreads.scheduled("ticks"))).isEqualTo("ticks");
    }

    @Test
    void aDaemonDoesNotKeepTheProgram() throws Exception {
        assertThat(answer(NamedThreads.singleDaemon("questions"))).isEqualTo("questions, a daemon");
    }

    @Test
    void moreThanMayWaitAreRefused() throws Exception {
        // Given
        ExecutorService calls = NamedThreads.bounded("call", 1, 1);
        CountDownLatch answered = new CountDownLatch(1);
        Future<?> underWay = calls.submit(() -> answered.await(30, TimeUnit.SECONDS));
        Future<String> waiting = calls.submit(WHICH);

        // When, Then
        assertThatThrownBy(() -> calls.submit(WHICH)).isInstanceOf(RejectedExecutionException.class);

        // When
        answered.countDown();

        // Then
        assertThat(underWay.get(30, TimeUnit.SECONDS)).isEqualTo(true);
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("call");
        calls.shutdownNow();
    }

    private static String answer(ExecutorService threads) throws Exception {
        try {
            return threads.submit(WHICH).get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }
}
