package io.sluice.consumer.shutdown;

import io.sluice.runtime.start.LoopFault;
import java.time.Duration;
import org.jboss.logmanager.Logger;

/** A loop that works on a thread of its own until the shutdown is requested. A fault of the loop ends the program: another replica, or the program started again, goes on. */
public final class LoopThread {

    /** Priority of the observer that stops it: before the shutdown waits for batches, so that both end at the same time. */
    public static final int BEFORE_BATCHES = 100;

    /** More than a loop takes to end unless PostgreSQL hangs; then what it holds is free by itself a little later. */
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Thread thread;
    private final ShutdownSignal shutdown;

    /**
     * Not started yet.
     *
     * @param name of the thread
     * @param loop its name in the log
     */
    public LoopThread(String name, String loop, Runnable work, ShutdownSignal shutdown, Logger log) {
        this.thread = new Thread(work, name);
        this.shutdown = shutdown;
        thread.setUncaughtExceptionHandler((ended, fault) -> {
            shutdown.request();
            LoopFault.endProgram(log, loop, fault);
        });
    }

    /** Starts it. */
    public void start() {
        thread.start();
    }

    /** Requests the shutdown, and waits until the loop has ended, for three seconds at most. */
    public void stop() throws InterruptedException {
        shutdown.request();
        thread.join(STOP.toMillis());
    }
}
