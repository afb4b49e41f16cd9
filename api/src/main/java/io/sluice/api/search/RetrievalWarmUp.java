package io.sluice.api.search;

import io.quarkus.runtime.StartupEvent;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Questions that the worker is asked before anybody else asks one: the first ones load classes and connect, for which a JVM that has just started
 * takes longer than the worker is waited for.
 */
@Singleton
public class RetrievalWarmUp {

    /** Longest warm-up: whoever asks after that gets an answer in any case. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    /** Time of an answer behind which no further one is asked for: half of what is waited for the worker. */
    private static final Duration QUICK = WorkerClient.TIMEOUT.dividedBy(2);

    /** Nobody is called so. */
    private static final RankedQuestion QUESTION = new RankedQuestion(
            "-", "How long does a program that has just started take to ask another one?", List.of(), 60);

    private final WorkerClient worker;
    private final Duration limit;
    private final boolean used;
    private volatile boolean over;

    @Inject
    RetrievalWarmUp(WorkerClient worker, FeatureSettings features) {
        this(worker, features.isEnabled(Feature.DOCUMENTS) || features.isEnabled(Feature.CHAT), LIMIT);
    }

    /** @param used false if nobody searches */
    RetrievalWarmUp(WorkerClient worker, boolean used, Duration limit) {
        this.worker = worker;
        this.limit = limit;
        this.used = used && worker.isThere();
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    void start() {
        if (used) {
            ask(System.nanoTime());
        }
    }

    /** Asks until an answer was quick, there was none, or the time is over. */
    private void ask(long begun) {
        long asked = System.nanoTime();
        Duration left = limit.minusNanos(asked - begun);
        if (left.toMillis() <= 0) {
            over = true;
            return;
        }
        worker.ask(QUESTION, left).onComplete(ranked -> {
            if (ranked.succeeded() && System.nanoTime() - asked > QUICK.toNanos()) {
                ask(begun);
            } else {
                over = true;
            }
        });
    }

    /** True if nobody searches, or the worker was asked: whether it has answered or not, and for {@link #LIMIT} at most. */
    public boolean isOver() {
        return over || !used;
    }
}
