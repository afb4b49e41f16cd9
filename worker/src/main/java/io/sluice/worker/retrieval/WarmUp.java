package io.sluice.worker.retrieval;

import io.sluice.runtime.logs.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Questions that the program asks itself before it is ready: the first ones load classes, connect to PostgreSQL and run in the interpreter, which
 * takes longer than the api waits.
 */
final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class.getName());

    /** Longest warm-up; what is slow for longer than that is not cold. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Time of a question that leaves the api, whose own part is not warm either, enough of its 300 ms. */
    private static final Duration QUICK = Duration.ofMillis(50);

    private static final int QUICK_ONES = 3;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    /** Nobody is called so. */
    private static final byte[] QUESTION =
            """
            {"question":"How long does it take until a program that has just started answers within the time that its callers wait for it?",\
            "caller":"-","documents":[],"limit":60}"""
                    .getBytes(StandardCharsets.UTF_8);

    private WarmUp() {}

    /**
     * Asks until several answers in a row were quick, or until the limit.
     *
     * @return false if a question was not answered, as while PostgreSQL is away
     */
    static boolean run(HybridRanking ranking, VectorSearch vectors) throws InterruptedException {
        long start = System.nanoTime();
        int questions = 0;
        long first = 0;
        long last = 0;
        for (int quick = 0; quick < QUICK_ONES && System.nanoTime() - start < LIMIT.toNanos(); questions++) {
            long asked = System.nanoTime();
            if (!isAnswered(ranking, vectors)) {
                return false;
            }
            last = System.nanoTime() - asked;
            first = questions == 0 ? last : first;
            quick = last < QUICK.toNanos() ? quick + 1 : 0;
        }
        LogLine.of("retrieval-warm")
                .with("questions", questions)
                .with("firstMillis", TimeUnit.NANOSECONDS.toMillis(first))
                .with("lastMillis", TimeUnit.NANOSECONDS.toMillis(last))
                .write(LOG, Level.INFO);
        return true;
    }

    private static boolean isAnswered(HybridRanking ranking, VectorSearch vectors) throws InterruptedException {
        try {
            ranking.rank(Question.read(QUESTION), vectors).get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LogLine.of("retrieval-not-warm").because(e).write(LOG, Level.DEBUG);
            return false;
        }
    }
}
