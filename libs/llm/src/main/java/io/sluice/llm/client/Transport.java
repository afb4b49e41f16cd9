package io.sluice.llm.client;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Connections, threads and time of all requests. A request that waits for its answer holds no thread.
 *
 * @param http speaks HTTP/1.1, where giving an answer up closes its connection, which every provider notices
 * @param threads on which listeners are called
 * @param timer on which nothing blocks
 * @param clock of the dates in {@code Retry-After}
 * @param nanoTime a clock as {@link System#nanoTime()}
 * @param random source of numbers from 0 to 1
 */
record Transport(
        HttpClient http,
        Executor threads,
        ScheduledExecutorService timer,
        Clock clock,
        LongSupplier nanoTime,
        DoubleSupplier random) {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    static Transport open() {
        Executor threads = Executors.newCachedThreadPool(daemons("llm-"));
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("llm-timer-"));
        // Else a request that has ended would be held until its timeouts.
        timer.setRemoveOnCancelPolicy(true);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_WITHIN)
                .executor(threads)
                .build();
        return new Transport(http, threads, timer, Clock.systemUTC(), System::nanoTime, Math::random);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
