package io.sluice.api.messages.stream;

import io.sluice.contract.Event;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what comes to the topic, once for all readers that have joined. It is there from the first reader on, and for a while after the
 * last.
 */
final class LogTail implements LogConsumer.Sink, Runnable {

    private static final Logger LOG = Logger.getLogger(LogTail.class.getName());

    /** Time after the last reader, so that one who comes back needs no client of its own. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(200);

    private final TailBuffer buffer;
    private final TopicLog log;
    private final LogRateLimiter failedLines;
    private final Set<StreamReader> readers = ConcurrentHashMap.newKeySet();

    /** Guarded by this. */
    private boolean ended;

    private long lastReader = System.nanoTime();

    /** A tail that begins at a position. */
    LogTail(StreamPosition begin, TopicLog log, LogRateLimiter failedLines) {
        this.buffer = new TailBuffer(begin, TailBuffer.MAX_BYTES);
        this.log = log;
        this.failedLines = failedLines;
    }

    /**
     * Lets a reader go on here, unless not all that comes behind its position is here, or the tail has ended.
     *
     * @param isRead tells of a partition whether the reader has read it up to its position
     */
    boolean join(StreamReader reader, IntPredicate isRead) {
        long cursor;
        synchronized (this) {
            cursor = buffer.join(reader.position(), isRead);
            if (ended || cursor < 0) {
                return false;
            }
            readers.add(reader);
        }
        reader.join(buffer, cursor);
        return true;
    }

    /** The position of what comes next, or {@code null} if the tail has ended. */
    synchronized @Nullable StreamPosition end() {
        return ended ? null : buffer.end();
    }

    @Override
    public void run() {
        while (!isOver()) {
            try (LogConsumer consumer = log.consumer(buffer.end())) {
                while (!isOver()) {
                    consumer.read(POLL, this);
                    serve();
                }
            } catch (InterruptException e) {
                stop();
            } catch (RuntimeException e) {
                // Whatever it is: the readers wait for what comes.
                LogLine.of("stream-failed").with("reason", e).write(LOG, failedLines);
                serve();
                pause();
            }
        }
    }

    private void serve() {
        readers.removeIf(StreamReader::isOver);
        readers.forEach(StreamReader::drain);
    }

    private synchronized boolean isOver() {
        long now = System.nanoTime();
        if (!readers.isEmpty()) {
            lastReader = now;
        }
        ended |= Thread.currentThread().isInterrupted() || now - lastReader > IDLE.toNanos();
        return ended;
    }

    /** Ends it within a second, unless Kafka is away. */
    synchronized void stop() {
        ended = true;
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void arrived(int partition, long offset, Event event) {
        buffer.add(new Entry.Arrived(partition, offset, event));
    }

    @Override
    public void reached(int partition, long offset) {
        buffer.reached(partition, offset);
    }

    @Override
    public void lost(Gap gap, StreamPosition behind) {
        buffer.add(new Entry.Lost(gap, behind));
    }
}
