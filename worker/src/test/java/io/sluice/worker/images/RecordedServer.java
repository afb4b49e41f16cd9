package io.sluice.worker.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that answers as a real one was recorded, by {@code curl -si}, to do. */
final class RecordedServer implements AutoCloseable {

    private static final String HEAD_END = "\r\n\r\n";

    private final HttpServer http;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<Answer> answers = new ArrayDeque<>();

    /** Requests: method, path, and the body behind an empty line. */
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    RecordedServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    List<String> requests() {
        return requests;
    }

    /** Adds an answer of the recorded ones; the last one is given again and again. */
    synchronized RecordedServer then(String recorded) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("kserve/" + recorded + ".http")) {
            String text = new String(Objects.requireNonNull(in, recorded).readAllBytes(), StandardCharsets.UTF_8);
            return then(
                    Integer.parseInt(text.split(" ", 3)[1]),
                    text.substring(text.indexOf(HEAD_END) + HEAD_END.length()));
        }
    }

    /** Adds an answer that no server was recorded to give. */
    synchronized RecordedServer then(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n\n"
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer answer = next();
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer next() throws IOException {
        synchronized (this) {
            if (answers.size() > 1) {
                return answers.remove();
            }
            if (!answers.isEmpty()) {
                return answers.element();
            }
        }
        try {
            // Without an answer it is a server that hangs.
            closed.await();
            throw new IOException("closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
    }
}
