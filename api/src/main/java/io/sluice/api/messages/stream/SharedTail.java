package io.sluice.api.messages.stream;

import io.sluice.runtime.logs.LogRateLimiter;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The tail of this replica, which is begun by whoever needs it and ends by itself when nobody does. For any thread. */
final class SharedTail {

    private final TopicLog log;
    private final LogRateLimiter failedLines;
    private final Executor threads;

    /** Guarded by this. */
    private @Nullable LogTail tail;

    /** @param threads the tail blocks one */
    SharedTail(TopicLog log, LogRateLimiter failedLines, Executor threads) {
        this.log = log;
        this.failedLines = failedLines;
        this.threads = threads;
    }

    /** The position at which it ends, or {@code null} if it has ended meanwhile; blocks while Kafka is asked, if it has to be begun. */
    @Nullable StreamPosition end() {
        return get().end();
    }

    /** Has a reader join as {@link LogTail#join} does; blocks as {@link #end} does. */
    boolean join(StreamReader reader, IntPredicate isRead) {
        return get().join(reader, isRead);
    }

    private synchronized LogTail get() {
        LogTail known = tail;
        if (known == null || known.end() == null) {
            known = new LogTail(log.end(log.current()), log, failedLines);
            tail = known;
            threads.execute(known);
        }
        return known;
    }

    /** Ends it, if there is one. */
    synchronized void stop() {
        if (tail != null) {
            tail.stop();
        }
    }
}
