package io.sluice.api.requests;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection to the api that sends whatever it is told to. */
final class Connection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    Connection(URI api) throws IOException {
        socket = new Socket(api.getHost(), api.getPort());
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The answer to the request, without the interim ones. */
    Answer exchange(Request request) throws IOException {
        socket.getOutputStream().write(request.bytes());
        if (request.hangsUp()) {
            socket.shutdownOutput();
        }
        Answer answer = answer(request);
        while (answer.status() == 100) {
            answer = answer(request);
        }
        return answer;
    }

    private Answer answer(Request request) throws IOException {
        String status = line();
        Map<String, List<String>> headers = new TreeMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            headers.computeIfAbsent(field.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
        Answer bare = new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, new byte[0]);
        String length = bare.header("Content-Length");
        return length.isEmpty() || request.head().startsWith("HEAD ")
                ? bare
                : new Answer(bare.status(), headers, in.readNBytes(Integer.parseInt(length)));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection is closed");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    /** Waits until the server has closed its side. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
