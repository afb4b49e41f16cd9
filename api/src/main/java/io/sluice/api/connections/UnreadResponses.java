package io.sluice.api.connections;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The responses of one connection that are written and that its client has not received. They are in memory until the network takes
 * them; where those of all clients together are too many, the oldest are given up: in HTTP/2 the stream ends, in HTTP/1.1 the
 * connection. On the connection's thread, unless something else is said.
 */
final class UnreadResponses {

    /** Estimated size of a stream's objects, without the response's body. */
    private static final int STREAM_BYTES = 8 << 10;

    /** Bytes of a file that Vert.x reads ahead. */
    private static final int FILE_BYTES = 64 << 10;

    /** Key of all bytes that the connection has not sent; streams have other numbers. */
    private static final int CONNECTION = 0;

    private final ChannelHandlerContext context;
    private final ConnectionLimits limits;
    private final ResponseMemory memory;

    /** Unread responses by stream, the oldest first. */
    private final Map<Integer, Unread> unread = new LinkedHashMap<>();

    /** Responses written while bytes are being read; they are sent after the last of these. */
    private final List<Written> unsent = new ArrayList<>();

    private boolean reading;
    private @Nullable Http2Connection http2;

    UnreadResponses(ChannelHandlerContext context, ConnectionLimits limits, ResponseMemory memory) {
        this.context = context;
        this.limits = limits;
        this.memory = memory;
    }

    private record Written(int stream, long bytes) {}

    /** Begins to read bytes that have come. */
    void beginReading() {
        reading = true;
    }

    /** Ends reading; responses written meanwhile have been sent as far as the client accepts them. */
    void endReading() {
        reading = false;
        if (!unsent.isEmpty()) {
            unsent.forEach(response -> holdUnlessSent(response.stream(), response.bytes()));
            unsent.clear();
        }
    }

    /** Counts a response of HTTP/2 that is completely written. */
    void written(HttpServerResponse response) {
        if (!context.channel().isActive()) {
            return;
        }
        if (reading) {
            unsent.add(new Written(response.streamId(), response.bytesWritten()));
        } else {
            holdUnlessSent(response.streamId(), response.bytesWritten());
        }
    }

    /** Counts a file whose head is written to a stream of HTTP/2: Vert.x reads it ahead by {@link #FILE_BYTES}. */
    void begun(HttpServerResponse response) {
        if (context.channel().isActive()) {
            holdUnlessSent(response.streamId(), FILE_BYTES);
        }
    }

    /** Counts a part of an answer of HTTP/2 that its client has not taken. */
    void partWritten(int stream, long bytes) {
        if (context.channel().isActive() && http2().stream(stream) != null) {
            hold(stream, STREAM_BYTES + bytes);
        }
    }

    /** Its client has taken it. */
    void partTaken(int stream) {
        received(stream);
    }

    private void holdUnlessSent(int number, long bytes) {
        Http2Stream stream = http2().stream(number);
        if (stream != null && stream.state().localSideOpen()) {
            hold(number, STREAM_BYTES + bytes);
        }
    }

    private Http2Connection http2() {
        Http2Connection connection = http2;
        if (connection == null) {
            connection = context.pipeline().get(Http2ConnectionHandler.class).connection();
            connection.addListener(new Http2ConnectionAdapter() {
                @Override
                public void onStreamHalfClosed(Http2Stream stream) {
                    if (!stream.state().localSideOpen()) {
                        received(stream.id());
                    }
                }

                @Override
                public void onStreamClosed(Http2Stream stream) {
                    received(stream.id());
                }
            });
            http2 = connection;
        }
        return connection;
    }

    /** Counts unsent bytes when the network stops accepting, and forgets them when it accepts again. */
    void writabilityChanged() {
        if (context.channel().isWritable()) {
            received(CONNECTION);
        } else {
            // What is being written is not there as a whole yet.
            context.executor().execute(this::holdUnsentBytes);
        }
    }

    /** Counts bytes that the network does not accept; for HTTP/1.1 these are all unread bytes. */
    void holdUnsentBytes() {
        ChannelOutboundBuffer pending = context.channel().unsafe().outboundBuffer();
        if (pending != null && !context.channel().isWritable()) {
            hold(CONNECTION, pending.totalPendingWriteBytes());
        }
    }

    private void hold(int stream, long bytes) {
        Unread held = unread.get(stream);
        if (held == null) {
            held = new Unread(stream);
            unread.put(stream, held);
            memory.unread.begin(held);
        }
        held.growTo(bytes);
    }

    private void received(int stream) {
        Unread held = unread.remove(stream);
        if (held != null) {
            held.end();
        }
    }

    /** Releases everything: the connection is closed. */
    void end() {
        unread.values().forEach(Unread::end);
        unread.clear();
        unsent.clear();
    }

    /** Gives up streams that have not been read for {@link ConnectionLimits#quiet()}; connections without a request are closed anyway. */
    void look() {
        long now = System.nanoTime();
        for (Unread held : List.copyOf(unread.values())) {
            if (held.stream != CONNECTION && now - held.since >= limits.quiet().toNanos()) {
                memory.slow.increment();
                held.giveUp();
            }
        }
    }

    /** A response of HTTP/2, or all that a connection has not sent. */
    private final class Unread implements MemoryBudget.Holder {

        private final int stream;
        private final long since = System.nanoTime();

        private long bytes;

        /** Bytes taken from the budget; guarded by this. */
        private long budgeted;

        Unread(int stream) {
            this.stream = stream;
        }

        void growTo(long now) {
            if (now <= bytes) {
                return;
            }
            long more = now - bytes;
            bytes = now;
            memory.addUnread(more);
            synchronized (this) {
                budgeted += more;
            }
            // Also where there is no room: what is written is there.
            boolean unused = memory.unread.take(this, more);
        }

        private synchronized long unbudget() {
            long released = budgeted;
            budgeted = 0;
            return released;
        }

        void end() {
            boolean unused = memory.unread.finish(this);
            memory.unread.release(unbudget());
            memory.removeUnread(bytes);
            bytes = 0;
        }

        /** The budget is free for others at once, the memory when it is. On any thread. */
        @Override
        public void giveWay() {
            memory.unread.release(unbudget());
            context.executor().execute(() -> {
                if (giveUp()) {
                    memory.crowdedOut.increment();
                }
            });
        }

        private boolean giveUp() {
            if (!unread.remove(stream, this)) {
                return false;
            }
            if (stream == CONNECTION) {
                ChannelFuture unused = context.close();
            } else {
                ChannelHandlerContext handler = context.pipeline().context(Http2ConnectionHandler.class);
                ChannelFuture unused = ((Http2ConnectionHandler) handler.handler())
                        .resetStream(handler, stream, Http2Error.ENHANCE_YOUR_CALM.code(), handler.newPromise());
                handler.flush();
            }
            end();
            return true;
        }
    }
}
