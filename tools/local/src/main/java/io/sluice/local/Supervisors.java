package io.sluice.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Supervises the processes of a platform, and reports when all are ready again after one had ended. */
final class Supervisors implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final List<ManagedProcess> awaited;
    private final List<Supervisor> supervisors;
    private final ProgressListener progress;
    private final ExecutorService threads = Executors.newCachedThreadPool(Supervisors::daemon);

    /**
     * Supervises nothing yet.
     *
     * @param notAwaited those whose readiness is not the platform's
     */
    Supervisors(List<ManagedProcess> processes, List<? extends ManagedProcess> notAwaited, ProgressListener progress) {
        this.awaited = processes.stream()
                .filter(process -> !notAwaited.contains(process))
                .toList();
        this.supervisors = processes.stream()
                .map(process -> new Supervisor(process, progress))
                .toList();
        this.progress = progress;
    }

    void start() {
        supervisors.forEach(threads::execute);
        threads.execute(this::announceRecoveries);
    }

    void awaitReady(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!areReady()) {
                if (System.nanoTime() > deadline) {
                    throw new StartFailure("Not ready within %d s: %s".formatted(limit.toSeconds(), unready()));
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The platform was not waited for.", e);
        }
    }

    private void announceRecoveries() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                await(() -> !awaited.stream().allMatch(ManagedProcess::isAlive));
                await(this::areReady);
                progress.recovered();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean areReady() {
        return supervisors.stream()
                        .filter(supervisor -> awaited.contains(supervisor.process()))
                        .noneMatch(Supervisor::isRestarting)
                && awaited.stream().allMatch(ManagedProcess::isReady);
    }

    private List<String> unready() {
        return awaited.stream()
                .filter(process -> !process.isReady())
                .map(ManagedProcess::name)
                .toList();
    }

    /** Ends the supervision, and a restart under way; the processes are left as they are. */
    @Override
    public void close() {
        Parallel.shutdown(threads);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    }
}
