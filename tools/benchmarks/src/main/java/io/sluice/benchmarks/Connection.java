package io.sluice.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * A keep-alive connection with at most one request in flight. Reads responses with a {@code Content-Length}, as the api
 * writes them.
 */
final class Connection implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 16 << 10;

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(MAX_ANSWER_BYTES);
    private long dueNanos;

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    static Connection open(InetSocketAddress address, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Connection connection = new Connection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    /**
     * Sends a request.
     *
     * @param dueNanos when it should have been sent; kept until the response is complete
     */
    void send(ByteBuffer request, long dueNanos) throws IOException {
        this.dueNanos = dueNanos;
        ByteBuffer bytes = request.duplicate();
        // A request fits into the socket's buffer, so this loop rarely repeats.
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long dueNanos() {
        return dueNanos;
    }

    /**
     * Reads the available bytes.
     *
     * @return the response once it is complete
     * @throws IOException if the connection ends, or what comes is no response
     */
    Optional<Response> receive() throws IOException {
        if (channel.read(received) < 0) {
            throw new EOFException("The api closed a connection.");
        }
        Optional<Response> response = Response.parse(received.array(), received.position());
        if (response.isPresent()) {
            received.clear();
        }
        return response;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
