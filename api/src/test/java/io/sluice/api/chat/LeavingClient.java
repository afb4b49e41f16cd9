package io.sluice.api.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;

/** A client that asks a question, and may leave before its answer is there. */
final class LeavingClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;

    LeavingClient(URI api, String mediaType, String question) throws IOException {
        socket = new Socket(api.getHost(), api.getPort());
        socket.setSoTimeout(20_000);
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String body = "{\"question\":\"" + question + "\"}";
        socket.getOutputStream()
                .write(("POST /api/v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: "
                                + mediaType + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
    }

    /** Reads up to a line that has this text, which is empty where none has it. */
    String readTo(String text) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(text)) {
            line = lines.readLine();
        }
        return line == null ? "" : line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
