package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** A connection of HTTP/2 that asks for many answers at once, and lets the server send one byte of each. */
final class GreedyConnection implements AutoCloseable {

    /** RFC 9113, section 3.4: the preface, and the setting INITIAL_WINDOW_SIZE with 1. */
    private static final byte[] PREFACE =
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\6\4\0\0\0\0\0" + "\0\4\0\0\0\1").getBytes(US_ASCII);

    /** RFC 9113, section 6.2: what a frame that begins a stream and ends it has between its length and the stream's number. */
    private static final byte[] HEADERS_AND_END = HexFormat.of().parseHex("0105");

    /** RFC 7541, appendix A: {@code GET}, {@code http}, and the authority {@code a}; what follows is the path. */
    private static final byte[] GET = HexFormat.of().parseHex("828601016104");

    /** RFC 7541, appendix A: {@code :status 200}. */
    private static final byte OK = (byte) 0x88;

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;

    /** The flag of HEADERS that say a stream's priority first, and how long that is. */
    private static final int PRIORITY = 0x20;

    private static final int PRIORITY_BYTES = 5;

    private final Socket socket;
    private final int streams;

    /**
     * Sends all requests.
     *
     * @param path 126 bytes at most
     */
    GreedyConnection(URI api, String path, int streams) throws IOException {
        this.streams = streams;
        socket = new Socket(api.getHost(), api.getPort());
        socket.setSoTimeout(20_000);
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        requests.writeBytes(PREFACE);
        for (int i = 0; i < streams; i++) {
            requests.writeBytes(request(path, 2 * i + 1));
        }
        socket.getOutputStream().write(requests.toByteArray());
    }

    private static byte[] request(String path, int stream) {
        byte[] asked = path.getBytes(US_ASCII);
        int length = GET.length + 1 + asked.length;
        return ByteBuffer.allocate(9 + length)
                .put((byte) 0)
                .putShort((short) length)
                .put(HEADERS_AND_END)
                .putInt(stream)
                .put(GET)
                .put((byte) asked.length)
                .put(asked)
                .array();
    }

    /** Waits until each request is answered or its stream ended; how many answers were a 200. It ends early where the server does. */
    int awaitAnswers() throws IOException {
        Set<Integer> answered = new HashSet<>();
        int found = 0;
        InputStream frames = socket.getInputStream();
        try {
            while (answered.size() < streams) {
                byte[] head = frames.readNBytes(9);
                if (head.length < 9) {
                    return found;
                }
                byte[] content = frames.readNBytes(ByteBuffer.wrap(head).getInt(0) >>> 8);
                int stream = ByteBuffer.wrap(head).getInt(5);
                boolean headers = head[3] == HEADERS;
                if ((headers || head[3] == RST_STREAM)
                        && answered.add(stream)
                        && headers
                        && status(head, content) == OK) {
                    found++;
                }
            }
        } catch (SocketException gone) {
            return found;
        }
        return found;
    }

    private static byte status(byte[] head, byte[] content) {
        return content[(head[4] & PRIORITY) == 0 ? 0 : PRIORITY_BYTES];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
