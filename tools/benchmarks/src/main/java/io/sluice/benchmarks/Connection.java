package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * A keep-alive connection with at most one request in flight. Reads responses with a Content-Length, as the api writes
 * them.
 */
final class Connection implements AutoCloseable {

    private static final String LENGTH = "\r\ncontent-length:";
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
     * @return whether the response is complete
     * @throws IOException if the connection ends or the response is not a 202
     */
    boolean receive() throws IOException {
        if (channel.read(received) < 0) {
            throw new EOFException("The api closed a connection.");
        }
        int end = endOfHeaders();
        if (end < 0) {
            return false;
        }
        String headers = new String(received.array(), 0, end, US_ASCII);
        if (received.position() < end + length(headers)) {
            return false;
        }
        if (!headers.startsWith("HTTP/1.1 202 ")) {
            throw new IOException(
                    "The api answered: " + new String(received.array(), 0, received.position(), US_ASCII));
        }
        received.clear();
        return true;
    }

    private int endOfHeaders() {
        for (int i = 3; i < received.position(); i++) {
            if (received.get(i) == '\n' && received.get(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int length(String headers) throws IOException {
        String lower = headers.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("An answer has no Content-Length: " + headers);
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
