package io.sluice.local;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks in parallel. */
final class Parallel {
    private static final long WIND_UP_SECONDS = 60;

    private Parallel() {}

    /**
     * Runs all the tasks. When one fails, or this thread is interrupted, the others are interrupted and awaited.
     *
     * @throws StartFailure the first failure, or that of being interrupted
     */
    static void run(List<Runnable> steps) {
        ExecutorService threads = Executors.newFixedThreadPool(steps.size());
        try {
            CompletionService<Boolean> running = new ExecutorCompletionService<>(threads);
            List<Future<Boolean>> taken =
                    steps.stream().map(step -> running.submit(step, true)).toList();
            for (int i = 0; i < taken.size(); i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted.", e);
        } finally {
            shutdown(threads);
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }

    /** Interrupts the threads and waits for their end, through interrupts. */
    static void shutdown(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(WIND_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
