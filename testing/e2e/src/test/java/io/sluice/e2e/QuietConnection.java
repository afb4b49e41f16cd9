package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A connection that a client has opened, and on which it sends no more than it is told to. */
final class QuietConnection {

    private static final int GO_AWAY = 7;

    /** RFC 9113, section 3.4: the preface, with empty settings. */
    private static final byte[] PREFACE =
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0").getBytes(US_ASCII);

    /** RFC 9113, section 6.2: a frame that begins a stream and ends it, up to the stream's number. */
    private static final byte[] HEADERS = HexFormat.of().parseHex("0000060105");

    /** RFC 7541, appendix A: {@code GET http://a/}. */
    private static final byte[] GET = HexFormat.of().parseHex("828684010161");

    private final Socket socket;
    private int stream = 1;

    private QuietConnection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that has had an answer, and is kept. */
    static QuietConnection http1(int port) {
        QuietConnection connection = new QuietConnection(port);
        connection.send("GET /health/live HTTP/1.1\r\nHost: api\r\n\r\n".getBytes(US_ASCII));
        return connection;
    }

    /** The same of HTTP/2. */
    static QuietConnection http2(int port) {
        QuietConnection connection = new QuietConnection(port);
        connection.send(PREFACE);
        connection.ask();
        return connection;
    }

    /** Sends another request of HTTP/2. */
    void ask() {
        send(ByteBuffer.allocate(HEADERS.length + Integer.BYTES + GET.length)
                .put(HEADERS)
                .putInt(stream)
                .put(GET)
                .array());
        stream += 2;
    }

    private void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the answer, and on until the api closes the connection of HTTP/1.1, which has to be orderly. */
    void awaitEnd() {
        try (socket) {
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            throw new AssertionError("the connection is broken off", e);
        }
    }

    /** Reads until the api closes the connection of HTTP/2, which it has to announce. */
    void awaitGoAway() {
        List<Integer> types = new ArrayList<>();
        try (socket) {
            DataInputStream frames = new DataInputStream(socket.getInputStream());
            for (int first = frames.read(); first >= 0; first = frames.read()) {
                int length = first << 16 | frames.readUnsignedShort();
                types.add(frames.readUnsignedByte());
                frames.skipNBytes(5 + length);
            }
        } catch (IOException e) {
            throw new AssertionError("the connection is broken off after frames of the types " + types, e);
        }
        assertThat(types).contains(GO_AWAY);
    }
}
