package io.sluice.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Keeps the parts of a platform running, and says when all are ready again after one had ended. */
final class Keepers implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final List<Part> parts;
    private final List<Keeper> keepers;
    private final Progress progress;
    private final ExecutorService threads = Executors.newCachedThreadPool(Keepers::daemon);

    Keepers(List<Part> parts, Progress progress) {
        this.parts = List.copyOf(parts);
        this.keepers = parts.stream().map(part -> new Keeper(part, progress)).toList();
        this.progress = progress;
    }

    void start() {
        keepers.forEach(threads::execute);
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
                await(() -> !parts.stream().allMatch(Part::isAlive));
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
        return keepers.stream().noneMatch(Keeper::isRestarting)
                && parts.stream().allMatch(Part::isReady);
    }

    private List<String> unready() {
        return parts.stream().filter(part -> !part.isReady()).map(Part::name).toList();
    }

    /** Ends the keeping, and a restart that is under way; the parts are left as they are. */
    @Override
    public void close() {
        Together.windUp(threads);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "keeper");
        thread.setDaemon(true);
        return thread;
    }
}
