package io.sluice.api.messages.stream;

import io.sluice.contract.Event;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logmanager.Logger;

/**
 * Reads for one reader what came before the tail, by a client of Kafka of its own, until the reader can join the tail. Blocks: a block
 * is composed when the one before it is on its way.
 */
final class CatchUp implements LogConsumer.Sink {

    private static final Logger LOG = Logger.getLogger(CatchUp.class.getName());

    private static final Duration POLL = Duration.ofMillis(500);

    private final StreamReader reader;
    private final Duration blockTimeout;
    private final StreamMetrics metrics;
    private final LogRateLimiter failedLines;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    /** Partitions that were read up to the position: these may be ahead of the tail, which reads the same. */
    private final BitSet read = new BitSet();

    /** The tail, which a reader can join. */
    @FunctionalInterface
    interface Tail {
        /** Lets it join if it can; {@code isRead} tells of a partition whether the reader has read it up to its position. */
        boolean join(StreamReader reader, IntPredicate isRead);
    }

    /** @param blockTimeout time in which a block is to be taken */
    CatchUp(StreamReader reader, Duration blockTimeout, StreamMetrics metrics, LogRateLimiter failedLines) {
        this.reader = reader;
        this.blockTimeout = blockTimeout;
        this.metrics = metrics;
        this.failedLines = failedLines;
    }

    /** Reads until the reader has joined, or is over. */
    void run(TopicLog log, Tail tail) throws InterruptedException {
        while (!reader.isOver()) {
            try (LogConsumer consumer = log.consumer(reader.position())) {
                if (read(consumer, tail)) {
                    return;
                }
            } catch (InterruptException e) {
                throw new InterruptedException();
            } catch (RuntimeException e) {
                // Whatever it is: the reader waits for what comes.
                LogLine.of("stream-failed").with("reason", e).write(LOG, failedLines);
                Thread.sleep(1_000);
            }
        }
    }

    private boolean read(LogConsumer consumer, Tail tail) throws InterruptedException {
        while (!reader.isOver()) {
            Closing why = reader.closing();
            if (why != null) {
                metrics.closed(why);
                block.writeBytes(StreamEvents.closed(why, reader.position()).bytes());
                return handOver(true);
            }
            if (block.size() == 0 && tail.join(reader, read::get)) {
                return true;
            }
            consumer.read(POLL, this);
            if (block.size() == 0 && reader.isHeartbeatDue()) {
                block.writeBytes(StreamEvents.heartbeat(reader.position()).bytes());
            }
            if (block.size() > 0 && !handOver(false)) {
                return true;
            }
        }
        return true;
    }

    private boolean handOver(boolean last) throws InterruptedException {
        boolean taken = reader.handOver(block.toByteArray(), last, blockTimeout);
        block.reset();
        if (!taken && !reader.isOver()) {
            metrics.closed(Closing.TOO_SLOW);
            reader.giveUp();
        }
        return taken;
    }

    @Override
    public void arrived(int partition, long offset, Event event) {
        reader.position().advance(partition, offset + 1);
        read.set(partition);
        if (reader.filter().shows(event)) {
            block.writeBytes(StreamEvents.message(event, reader.position()).bytes());
            metrics.sent();
        }
    }

    @Override
    public void reached(int partition, long offset) {
        reader.position().advance(partition, offset);
        read.set(partition);
    }

    @Override
    public void lost(Gap gap, StreamPosition behind) {
        reader.position().become(behind);
        read.clear();
        block.writeBytes(StreamEvents.gap(gap, behind).bytes());
        metrics.gap();
    }
}
