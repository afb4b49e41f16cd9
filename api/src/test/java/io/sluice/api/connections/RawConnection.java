package io.sluice.api.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;

/** A client that takes its time. */
final class RawConnection implements AutoCloseable {

    private final long opened = System.nanoTime();
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;
    private boolean askedToConnectAgain;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    RawConnection send(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** The body of the next answer, or the empty text if there is none any more. */
    String answer() throws IOException {
        int length = 0;
        try {
            for (String line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
                if (line == null) {
                    return "";
                }
                if (line.equalsIgnoreCase("connection: close")) {
                    askedToConnectAgain = true;
                }
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
        } catch (IOException reset) {
            return "";
        }
        StringBuilder body = new StringBuilder();
        while (body.length() < length) {
            body.append((char) in.read());
        }
        return body.toString();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    /** True if an answer said that it was the last one here. */
    boolean isAskedToConnectAgain() {
        return askedToConnectAgain;
    }

    /** Sends a byte each 50 ms for as long as that works. How long it has, at most for ten seconds. */
    Duration trickle(String text) throws IOException {
        long begun = System.nanoTime();
        socket.setSoTimeout(50);
        for (int i = 0; i < 200; i++) {
            try {
                if (i < text.length()) {
                    out.write(text.charAt(i));
                }
                if (in.read() < 0) {
                    break;
                }
            } catch (SocketTimeoutException nothingCame) {
                // As it should be.
            } catch (IOException reset) {
                break;
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
