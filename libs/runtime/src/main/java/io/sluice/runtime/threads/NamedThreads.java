package io.sluice.runtime.threads;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads besides those of the framework: they are named after their work, and carry the context of no request. */
public final class NamedThreads {

    private NamedThreads() {}

    /** A thread that does tasks later or again and again, one after the other. */
    public static ScheduledExecutorService scheduled(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
    }

    /** A daemon that does tasks one after the other; any number of them may wait. */
    public static ExecutorService singleDaemon(String name) {
        return Executors.newSingleThreadExecutor(daemons(name));
    }

    /**
     * Threads for tasks that block, of which more than may wait are refused with a {@link RejectedExecutionException}.
     *
     * @param name of each thread
     * @param atOnce tasks under way, above 0
     * @param maxWaiting tasks that wait for their turn, above 0
     */
    public static ThreadPoolExecutor bounded(String name, int atOnce, int maxWaiting) {
        return new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(maxWaiting),
                task -> new Thread(task, name));
    }

    /** Makes threads that all have this name, and do not keep the program from ending. */
    public static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
