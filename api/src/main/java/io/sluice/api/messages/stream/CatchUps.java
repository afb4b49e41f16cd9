package io.sluice.api.messages.stream;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.CallerPlaces;
import io.sluice.runtime.logs.LogRateLimiter;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The streams of this replica that read what came before the tail: few, since each has a client of Kafka of its own. */
final class CatchUps {

    /** Most of them at a time. */
    static final int MAX = 8;

    private final TopicLog log;
    private final CatchUp.Tail tail;
    private final Duration blockTimeout;
    private final StreamMetrics metrics;
    private final LogRateLimiter failedLines;
    private final Executor threads;
    private final CallerPlaces places = new CallerPlaces(MAX);

    /**
     * None at first.
     *
     * @param tail lets a reader join that has caught up
     * @param blockTimeout time in which a reader is to take a block
     * @param threads each of them blocks one
     */
    CatchUps(
            TopicLog log,
            CatchUp.Tail tail,
            Duration blockTimeout,
            StreamMetrics metrics,
            LogRateLimiter failedLines,
            Executor threads) {
        this.log = log;
        this.tail = tail;
        this.blockTimeout = blockTimeout;
        this.metrics = metrics;
        this.failedLines = failedLines;
        this.threads = threads;
    }

    /**
     * Takes a place, for {@link #begin} or {@link #leavePlace}.
     *
     * @throws ProblemException {@link ProblemCode#OVERLOADED} if there is none, or none for this caller
     */
    void takePlace(StreamQuery query) {
        if (!places.take(query.filter().caller())) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED,
                    "So many streams, of you or of all, read what came before that no more can; ask again later, with the same Last-Event-ID.");
        }
    }

    /** Leaves a place that is not needed. */
    void leavePlace(StreamFilter filter) {
        places.leave(filter.caller());
    }

    /** Has a reader catch up in a place that is taken, and leaves that when it has joined the tail, or is over. */
    void begin(StreamReader reader) {
        metrics.catchUpBegan();
        threads.execute(() -> {
            try {
                new CatchUp(reader, blockTimeout, metrics, failedLines).run(log, tail);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                leavePlace(reader.filter());
                metrics.catchUpEnded();
            }
        });
    }
}
