package io.sluice.api.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AttributeKey;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.SocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client takes too long, however many bytes it sends meanwhile. It knows bytes, not what they mean; when
 * a request's head was whole and when its answer ended, {@link ConnectionRequests} says.
 *
 * <p>What a request under way waits for is not its matter: a client that has sent its event gets the answer to it.
 */
final class ConnectionTimeoutHandler extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<ConnectionTimeoutHandler> KEY =
            AttributeKey.valueOf(ConnectionTimeoutHandler.class.getName());

    private static final long AT_WORK = 0;

    private static final double SPREAD = 0.1;

    private final ConnectionLimits limits;
    private final ConnectionLimiter connections;
    private final ResponseMemory memory;
    private final Function<SocketAddress, @Nullable HttpServerOptions> options;

    /** Begin of the time without a request, as {@link System#nanoTime()}, or {@link #AT_WORK}. Read by all threads; all else is the connection's. */
    private volatile long quietSince = System.nanoTime();

    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> checks;

    /** Deadline for a whole head, or, where a request waits for this, for the client to take what was answered. */
    private long deadline;

    private int requests;
    private boolean headBegun;
    private boolean answersUntaken;
    private boolean closing;

    private long oldAt;

    /** The one of HTTP/1.1 that is being answered. */
    private @Nullable HttpServerRequest request;

    /** True once the head of a large response is written, which is sent only as the client takes it. */
    private boolean responseBegun;

    private boolean beganWithHttp1;
    private boolean changingToHttp2;

    private boolean framed;
    private boolean speaksHttp2;
    private @Nullable UnreadResponses unread;
    private int bytesAhead;
    private boolean held;

    /**
     * A handler for one connection.
     *
     * @param options those of the server at an address, or {@code null} if it is none for clients
     */
    ConnectionTimeoutHandler(
            ConnectionLimits limits,
            ConnectionLimiter connections,
            ResponseMemory memory,
            Function<SocketAddress, @Nullable HttpServerOptions> options) {
        this.limits = limits;
        this.connections = connections;
        this.memory = memory;
        this.options = options;
    }

    /** The handler of a request's connection; {@code null} where there are none, as in development. */
    static @Nullable ConnectionTimeoutHandler of(HttpServerRequest request) {
        return VertxChannels.of(request).attr(KEY).get();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!connections.add(this)) {
            ChannelFuture unused = context.close();
            return;
        }
        this.context = context;
        unread = new UnreadResponses(context, limits, memory);
        context.channel().attr(KEY).set(this);
        long now = System.nanoTime();
        deadline = now + limits.quiet().toNanos();
        oldAt = now
                + (long) (limits.age().toNanos() * ThreadLocalRandom.current().nextDouble(1 - SPREAD, 1 + SPREAD));
        // No timer for each request, but a check now and then: it costs nothing where there is much to do.
        long interval = limits.head().toNanos() / 4;
        checks = context.executor().scheduleWithFixedDelay(this::check, interval, interval, TimeUnit.NANOSECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.remove(this);
        if (checks != null) {
            checks.cancel(false);
        }
        if (unread != null) {
            unread.end();
        }
        context.fireChannelInactive();
    }

    private void check() {
        if ((requests == 0 || answersUntaken || responseBegun) && System.nanoTime() - deadline >= 0) {
            if (!closing) {
                connections.wasSlow();
            }
            close();
        } else if (unread != null) {
            unread.look();
        }
    }

    private void close() {
        if (context == null) {
            return;
        }
        if (closing) {
            // What TLS and HTTP/2 have to say at the end, a client that reads nothing would wait for for ever.
            ChannelFuture unused = context.close();
        } else {
            closing = true;
            ChannelFuture unused = context.channel().close();
        }
    }

    /** Closes the connection, with what was written and the client has not taken. On any thread. */
    void closeNow() {
        if (context != null) {
            // Not the channel: there Vert.x would wait for the client first.
            ChannelFuture unused = context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!framed) {
            framed = true;
            beganWithHttp1 = beginsWithHttp1((ByteBuf) bytes);
            HttpServerOptions server = options.apply(context.channel().localAddress());
            if (server != null) {
                RequestFraming.install(context, server);
            }
        }
        if (!speaksHttp2) {
            if (requests == 0) {
                beginHead();
            } else if (request != null && request.isEnded()) {
                countAhead(((ByteBuf) bytes).readableBytes());
            }
        }
        if (unread != null) {
            unread.beginReading();
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (unread != null) {
            unread.endReading();
        }
    }

    /** Stops reading from an HTTP/2 client while the network accepts nothing: frames other than DATA are not subject to flow control. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (unread != null) {
            unread.writabilityChanged();
        }
        if (speaksHttp2) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    /** Neither TLS, whose clients do not change to HTTP/2, nor HTTP/2, which begins with {@code PRI}. */
    private static boolean beginsWithHttp1(ByteBuf bytes) {
        int at = bytes.readerIndex();
        return bytes.readableBytes() > 1
                && bytes.getByte(at) >= 'A'
                && !(bytes.getByte(at) == 'P' && bytes.getByte(at + 1) == 'R');
    }

    private void beginHead() {
        if (!headBegun) {
            headBegun = true;
            long headDeadline = System.nanoTime() + limits.head().toNanos();
            if (headDeadline - deadline < 0) {
                deadline = headDeadline;
            }
        }
    }

    /** Ignores failed writes to streams that have ended; Vert.x would close the connection for them. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof Http2Exception.StreamException)) {
            context.fireExceptionCaught(cause);
        }
    }

    private void countAhead(int bytes) {
        bytesAhead += bytes;
        if (bytesAhead > limits.bytesAhead() && context != null) {
            held = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /** A request's head is whole. On the connection's thread. */
    void begin(HttpServerRequest begun) {
        requests++;
        headBegun = false;
        changingToHttp2 = beganWithHttp1 && !speaksHttp2 && begun.version() == HttpVersion.HTTP_2;
        speaksHttp2 = begun.version() == HttpVersion.HTTP_2;
        request = speaksHttp2 ? null : begun;
        quietSince = AT_WORK;
    }

    /**
     * True if its client is to be asked to connect again, with the answer to the request that has begun. Not in HTTP/2, where
     * some clients give up what is under way when they are told to go (https://bugs.openjdk.org/browse/JDK-8335181). On the connection's
     * thread.
     */
    boolean asksToConnectAgain() {
        return !speaksHttp2 && System.nanoTime() - oldAt >= 0;
    }

    /** Waits until the client has taken the answers before, for which it has as long as for sending nothing. */
    void waitForAnswersToBeTaken() {
        answersUntaken = true;
    }

    /** Keeps a reservation of memory in the context of a request that begins. */
    ResponseReservation beginReservation(Context request) {
        return ResponseReservation.begin(request, memory);
    }

    /** True if the request that has begun came in HTTP/1.1 and is answered in HTTP/2 (RFC 7540, section 3.2). */
    boolean isChangingToHttp2() {
        return changingToHttp2;
    }

    /** The client has taken them. */
    void answersAreTaken() {
        answersUntaken = false;
    }

    /** The head of a large response is written; the rest of it may be written only as the client takes it. On any thread. */
    void beginLargeResponse(HttpServerRequest begun) {
        if (context != null && !context.executor().inEventLoop()) {
            context.executor().execute(() -> beginLargeResponse(begun));
        } else if (begun.version() != HttpVersion.HTTP_2) {
            responseBegun = true;
            deadline = System.nanoTime() + limits.quiet().toNanos();
        } else if (unread != null) {
            unread.begun(begun.response());
        }
    }

    /** A part of an answer of HTTP/2 is written. On any thread. */
    void partWritten(HttpServerResponse response, int bytes, BooleanSupplier taken) {
        if (context != null) {
            // Behind what is being written: mostly the network takes it at once.
            context.executor().execute(() -> {
                if (unread != null && !taken.getAsBoolean()) {
                    unread.partWritten(response.streamId(), bytes);
                }
            });
        }
    }

    /** Its client has taken it. On any thread. */
    void partTaken(HttpServerResponse response) {
        if (context != null && !context.executor().inEventLoop()) {
            context.executor().execute(() -> partTaken(response));
        } else if (unread != null) {
            unread.partTaken(response.streamId());
        }
    }

    /**
     * A request is answered, or will not be. On any thread.
     *
     * @param inParts true if the answer was written in parts, of which each was told
     */
    void end(HttpServerRequest ended, boolean inParts) {
        if (context != null && !context.executor().inEventLoop()) {
            context.executor().execute(() -> end(ended, inParts));
            return;
        }
        if (unread != null) {
            if (speaksHttp2) {
                if (!inParts) {
                    unread.written(ended.response());
                }
            } else {
                unread.holdUnsentBytes();
            }
        }
        responseBegun = false;
        requests--;
        if (requests == 0) {
            request = null;
            long now = System.nanoTime();
            deadline = now + limits.quiet().toNanos();
            quietSince = now;
            if (held && context != null) {
                context.executor().execute(this::readOn);
            }
        }
    }

    /** Reads on once the requests that were read already are answered. */
    private void readOn() {
        if (requests == 0 && context != null) {
            held = false;
            bytesAhead = 0;
            context.channel().config().setAutoRead(true);
        }
    }

    boolean isQuiet() {
        return quietSince != AT_WORK;
    }

    long quietSince() {
        return quietSince;
    }

    /** Closes it after this delay if nothing has come since then: not so much as the first byte of a request. On any thread. */
    void closeIfQuietSince(long nanoTime, long delayNanos) {
        if (context != null) {
            Future<?> unused = context.executor()
                    .schedule(
                            () -> {
                                if (isQuiet() && !headBegun && quietSince - nanoTime < 0) {
                                    close();
                                }
                            },
                            delayNanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /** Makes room, unless a request has come meanwhile. On any thread. */
    void closeUnlessAtWork() {
        if (context != null) {
            context.executor().execute(() -> {
                if (requests == 0) {
                    close();
                } else {
                    connections.stays(this);
                }
            });
        }
    }
}
