package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Posts prepared requests over connections that stay open, from one thread. Plain NIO, because it shares the machine with what
 * it measures: a general client costs several times as much for each request, and wakes several threads.
 */
final class Generator implements AutoCloseable {

    private static final int PREPARED = 1_000;
    private static final long SHORTEST_SELECT_NANOS = 1_000_000;
    private static final long NAP_NANOS = 50_000;

    /** A nap is at most this part of the time between requests, so that what a response waits is little beside it. */
    private static final int NAPS = 8;

    private static final long TIMEOUT_MILLIS = 30_000;
    private static final int ACCEPTED = 202;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final URI endpoint;
    private final IntFunction<String> headers;
    private final int count;
    private long acknowledged;
    private int next;

    /** Decides what follows a response. */
    @FunctionalInterface
    interface Exchange {

        /**
         * Returns the request that the connection sends next, or empty if it is free for the next post.
         *
         * @param dueNanos when the post should have been sent, as {@link System#nanoTime()}
         */
        Optional<ByteBuffer> answered(Response response, long dueNanos);
    }

    private Generator(Selector selector, URI endpoint, IntFunction<String> headers, int count) {
        this.selector = selector;
        this.endpoint = endpoint;
        this.headers = headers;
        this.count = count;
    }

    /**
     * Opens a generator, which connects when it runs.
     *
     * @param headers of the n-th request beside those of its body, each ended by CR LF
     */
    static Generator open(URI endpoint, IntFunction<String> headers, int connections) throws IOException {
        return new Generator(Selector.open(), endpoint, headers, connections);
    }

    /** New connections for each run, because the api closes idle ones. */
    private void connect() throws IOException {
        InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
        disconnect();
        for (int i = 0; i < count; i++) {
            connections.add(Connection.open(address, selector));
        }
        idle.addAll(connections);
    }

    /** Prepared requests for this endpoint, with the n-th body each. */
    List<ByteBuffer> prepare(IntFunction<String> bodies) {
        return IntStream.range(0, PREPARED)
                .mapToObj(n -> request(bodies.apply(n), headers.apply(n)))
                .map(request -> ByteBuffer.wrap(request.getBytes(US_ASCII)))
                .toList();
    }

    /**
     * Builds a GET for the same server.
     *
     * @param more headers, each ended by CR LF
     */
    ByteBuffer get(String path, String more) {
        String request = "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(path, endpoint.getAuthority(), more);
        return ByteBuffer.wrap(request.getBytes(US_ASCII));
    }

    private String request(String body, String more) {
        return "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
                .formatted(endpoint.getPath(), endpoint.getAuthority(), body.length(), more, body);
    }

    /** Number of posts that were answered, and what followed them, over all runs. */
    long acknowledged() {
        return acknowledged;
    }

    /**
     * Keeps every connection busy for a time, and waits for the requests in flight.
     *
     * @return responses a second, up to the last one
     */
    double atFullSpeed(List<ByteBuffer> requests, Duration time) throws IOException {
        connect();
        long before = acknowledged;
        long start = System.nanoTime();
        long end = start + time.toNanos();
        while (System.nanoTime() < end || idle.size() < connections.size()) {
            while (!idle.isEmpty() && System.nanoTime() < end) {
                send(requests, 0);
            }
            receive((response, dueNanos) -> {
                response.require(ACCEPTED);
                return Optional.empty();
            });
        }
        return (acknowledged - before) / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Sends requests at fixed moments, whether the earlier ones are answered or not. One that finds no idle connection is sent
     * late, and its latency counts from when it should have been sent.
     *
     * @return latencies in microseconds
     * @throws Failure if a response is not a 202
     */
    Histogram atRate(List<ByteBuffer> requests, double perSecond, Duration time) throws IOException {
        Histogram latencies = OpenLoop.micros();
        atRate(requests, perSecond, time, (response, dueNanos) -> {
            response.require(ACCEPTED);
            OpenLoop.record(latencies, dueNanos);
            return Optional.empty();
        });
        return latencies;
    }

    /** Posts at fixed moments, as above, and on the same connections what follows. */
    void atRate(List<ByteBuffer> requests, double perSecond, Duration time, Exchange exchange) throws IOException {
        connect();
        long interval = (long) (1e9 / perSecond);
        long due = System.nanoTime();
        long end = due + time.toNanos();
        while (due < end || idle.size() < connections.size()) {
            for (; due < end && due <= System.nanoTime() && !idle.isEmpty(); due += interval) {
                send(requests, due);
            }
            if (due >= end || idle.isEmpty()) {
                receive(exchange);
            } else {
                receiveUntil(due, Math.max(NAP_NANOS, interval / NAPS), exchange);
            }
        }
    }

    /** A selector waits for whole milliseconds. */
    private void receiveUntil(long due, long nap, Exchange exchange) throws IOException {
        long left = due - System.nanoTime();
        if (left >= SHORTEST_SELECT_NANOS) {
            selector.select(key -> receive(key, exchange), left / SHORTEST_SELECT_NANOS);
        } else if (selector.selectNow(key -> receive(key, exchange)) == 0) {
            LockSupport.parkNanos(Math.min(nap, due - System.nanoTime()));
        }
    }

    private void send(List<ByteBuffer> requests, long dueNanos) throws IOException {
        idle.remove().send(requests.get(next), dueNanos);
        next = (next + 1) % requests.size();
    }

    /** Waits until something is received. */
    private void receive(Exchange exchange) throws IOException {
        if (idle.size() < connections.size() && selector.select(key -> receive(key, exchange), TIMEOUT_MILLIS) == 0) {
            throw new IOException("No answer came within " + TIMEOUT_MILLIS / 1_000 + " s.");
        }
    }

    private void receive(SelectionKey key, Exchange exchange) {
        Connection connection = (Connection) key.attachment();
        try {
            Optional<Response> response = connection.receive();
            if (response.isPresent()) {
                long dueNanos = connection.dueNanos();
                Optional<ByteBuffer> following = exchange.answered(response.get(), dueNanos);
                if (following.isPresent()) {
                    connection.send(following.get(), dueNanos);
                } else {
                    acknowledged++;
                    idle.add(connection);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        disconnect();
        selector.close();
    }

    private void disconnect() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        connections.clear();
        idle.clear();
    }
}
