package io.sluice.api.messages.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One reader of the stream. What it is sent comes from the {@link TailBuffer} once it has joined the tail, and before that from a
 * {@link CatchUp}, which hands over block after block. It holds no events itself but those of one block that wait for it.
 */
final class StreamReader implements Flow.Publisher<byte[]>, Flow.Subscription {

    private final StreamFilter filter;
    private final StreamTimes times;
    private final StreamMetrics metrics;
    private final @Nullable Duration tokenLasts;
    private final long begun = System.nanoTime();
    private final AtomicLong demand = new AtomicLong();

    /** Above 0 while a thread sends, so that one alone does; see {@link #drain}. */
    private final AtomicInteger sending = new AtomicInteger();

    /** Used by the catch-up until the reader has joined the tail, and then by whoever sends. */
    private final StreamPosition position;

    private Flow.@Nullable Subscriber<? super byte[]> subscriber;

    /** Set when the reader joins; from then on used by whoever sends. */
    private @Nullable TailCursor tail;

    private volatile boolean joined;

    /** Events from a catch-up. */
    private final CatchUpBuffer catchUpBuffer = new CatchUpBuffer();

    private volatile boolean last;
    private volatile @Nullable Closing closing;
    private volatile boolean over;

    /** Long ago at first: a client is told at once where it begins. */
    private volatile long sentAt;

    /** A reader that begins at a position, with what its request has asked for. */
    StreamReader(StreamPosition position, StreamQuery query, StreamTimes times, StreamMetrics metrics) {
        this.position = position;
        this.filter = query.filter();
        this.tokenLasts = query.tokenLasts();
        this.times = times;
        this.sentAt = begun - times.heartbeat().toNanos() - 1;
        this.metrics = metrics;
    }

    StreamFilter filter() {
        return filter;
    }

    /** The position; for the catch-up, until the reader has joined. */
    StreamPosition position() {
        return position;
    }

    boolean isOver() {
        return over;
    }

    /** The reason for which the stream is to be ended, or {@code null}. */
    @Nullable Closing closing() {
        if (closing != null) {
            return closing;
        }
        Duration age = Duration.ofNanos(System.nanoTime() - begun);
        if (tokenLasts != null && age.compareTo(tokenLasts) > 0) {
            return Closing.TOKEN_EXPIRED;
        }
        return age.compareTo(times.age()) > 0 ? Closing.TOO_OLD : null;
    }

    /** Has the stream end as soon as it can be told why. */
    void close(Closing why) {
        if (closing == null) {
            closing = why;
        }
        drain();
    }

    /** True if it has been sent nothing for so long that it is to be told where it is. */
    boolean isHeartbeatDue() {
        return System.nanoTime() - sentAt > times.heartbeat().toNanos();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super byte[]> client) {
        subscriber = client;
        client.onSubscribe(this);
    }

    @Override
    public void request(long blocks) {
        demand.addAndGet(blocks);
        drain();
    }

    /** The client is gone, or is given up. */
    @Override
    public void cancel() {
        over = true;
        catchUpBuffer.close();
    }

    /** Goes on with the tail, from an entry on. */
    void join(TailBuffer buffer, long from) {
        tail = new TailCursor(buffer, from, position, filter, metrics);
        joined = true;
        drain();
    }

    /** Hands over a block as {@link CatchUpBuffer#put} does; the stream ends behind the last one. For a catch-up. */
    boolean handOver(byte[] block, boolean isLast, Duration within) throws InterruptedException {
        boolean handedOver = catchUpBuffer.put(block, isLast, within);
        drain();
        return handedOver;
    }

    /** Breaks the stream off: the client takes nothing, so it cannot be told why. */
    void giveUp() {
        over = true;
        catchUpBuffer.close();
        Flow.Subscriber<? super byte[]> client = subscriber;
        if (client != null) {
            client.onError(new IllegalStateException("the client reads too slowly"));
        }
    }

    /** Sends what there is, as far as the client takes it. On any thread; never waits. */
    void drain() {
        if (sending.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (!over && demand.get() > 0) {
                byte[] block = next();
                if (block == null) {
                    break;
                }
                send(block);
            }
            seen = sending.addAndGet(-seen);
        } while (seen != 0);
    }

    private void send(byte[] block) {
        demand.decrementAndGet();
        sentAt = System.nanoTime();
        Flow.Subscriber<? super byte[]> client = Objects.requireNonNull(subscriber);
        try {
            client.onNext(block);
        } catch (RuntimeException e) {
            // The answer has ended: others of the thread are not to end with it.
            cancel();
            return;
        }
        if (last || catchUpBuffer.isEnded()) {
            over = true;
            client.onComplete();
        }
    }

    private byte @Nullable [] next() {
        byte[] block = catchUpBuffer.take();
        if (block != null) {
            return block;
        }
        return joined ? fromTail(Objects.requireNonNull(tail)) : null;
    }

    private byte @Nullable [] fromTail(TailCursor cursor) {
        Closing why = closing();
        if (why != null) {
            return lastBlock(why);
        }
        byte[] block = cursor.read();
        if (block == null) {
            return lastBlock(Closing.TOO_SLOW);
        }
        if (block.length > 0) {
            return block;
        }
        return isHeartbeatDue() ? cursor.heartbeat() : null;
    }

    private byte[] lastBlock(Closing why) {
        last = true;
        metrics.closed(why);
        return StreamEvents.closed(why, position).bytes();
    }
}
