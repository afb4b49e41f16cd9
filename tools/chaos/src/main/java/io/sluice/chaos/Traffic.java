package io.sluice.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** Counts the responses to the clients. */
final class Traffic {

    private final long startNanos = System.nanoTime();
    private final Map<Integer, Integer> acknowledgedBySecond = new ConcurrentSkipListMap<>();
    private final Map<Integer, Integer> retriedBySecond = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> retries = new ConcurrentHashMap<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

    /** Since the run began. */
    Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    void acknowledged() {
        count(acknowledgedBySecond);
    }

    /**
     * An attempt will be repeated.
     *
     * @param reason in few words, of which there are few
     */
    void retried(String reason) {
        count(retriedBySecond);
        retries.merge(reason, 1, Integer::sum);
    }

    /** A response that the api should not give to such a request, whatever the fault. */
    void unexpected(String answer) {
        unexpected.add(answer);
    }

    private void count(Map<Integer, Integer> bySecond) {
        bySecond.merge(Math.toIntExact(now().toSeconds()), 1, Integer::sum);
    }

    Map<Integer, Integer> acknowledgedBySecond() {
        return acknowledgedBySecond;
    }

    Map<Integer, Integer> retriedBySecond() {
        return retriedBySecond;
    }

    /** Number of repeated attempts, by reason. */
    Map<String, Integer> retries() {
        return retries;
    }

    Queue<String> unexpected() {
        return unexpected;
    }
}
