package io.sluice.benchmarks.bulk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Posts bodies of NDJSON, each over a connection of its own. It writes to plain sockets, so that it takes little of the processors that it
 * shares with what is measured.
 *
 * @param api address of the api, which asks for no token
 */
public record BulkClient(URI api) {

    private static final int TIMEOUT_MILLIS = 60_000;

    /**
     * Posts a body over each of some connections, all at once.
     *
     * @throws IOException unless each answer is a 202 that says that all lines were accepted
     */
    public void post(BulkBody body, int connections) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Void>> answers = new ArrayList<>();
            for (int n = 0; n < connections; n++) {
                answers.add(threads.submit(() -> {
                    post(body);
                    return null;
                }));
            }
            for (Future<Void> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A body was not accepted: " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void post(BulkBody body) throws IOException {
        try (Socket socket = connect()) {
            try {
                begin(socket, body);
                body.writeTo(socket.getOutputStream(), body.repetitions());
            } catch (IOException answeredBefore) {
                // Then the answer says why.
            }
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            if (!answer.startsWith("HTTP/1.1 202 ") || !answer.contains("\"accepted\":" + body.allLines() + ",")) {
                throw new IOException("The api answered " + body.allLines() + " lines with: " + answer);
            }
        }
    }

    /** Sends half of a body, and closes the connection. */
    public void breakOff(BulkBody body) throws IOException {
        try (Socket socket = connect()) {
            begin(socket, body);
            body.writeTo(socket.getOutputStream(), body.repetitions() / 2);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(api.getHost(), api.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private void begin(Socket socket, BulkBody body) throws IOException {
        OutputStream out = socket.getOutputStream();
        String head = String.join(
                "\r\n",
                "POST /api/v1/messages HTTP/1.1",
                "Host: " + api.getAuthority(),
                "Content-Type: application/x-ndjson",
                "Content-Length: " + body.length(),
                "Connection: close",
                body.compressed() ? "Content-Encoding: gzip\r\n\r\n" : "\r\n");
        out.write(head.getBytes(US_ASCII));
    }
}
