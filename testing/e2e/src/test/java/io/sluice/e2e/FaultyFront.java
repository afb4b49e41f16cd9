package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A front that stands before the api and passes requests on, but for the next ones, which meet a fault each. */
final class FaultyFront implements AutoCloseable {

    /** Lines of a body that {@link Fault#BROKEN_OFF} lets through. */
    static final int LINES = 2;

    /** The fault that a request meets. */
    enum Fault {
        /** The api takes it, and the connection ends before its answer has come. */
        ANSWER_LOST,
        /** It is one too many in its second. */
        TOO_MANY,
        /** The api takes its first lines, and says so. */
        BROKEN_OFF
    }

    /**
     * A request that came.
     *
     * @param key its Idempotency-Key; empty without one
     * @param nanos when it came, by the clock of {@link System#nanoTime()}
     */
    record Request(String key, String body, long nanos) {}

    private final Client api = Sluice.client();
    private final HttpServer server;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private FaultyFront(HttpServer server) {
        this.server = server;
        server.createContext("/", this::pass);
        server.start();
    }

    /** One whose next requests meet these faults. */
    static FaultyFront with(Fault... faults) throws IOException {
        FaultyFront front =
                new FaultyFront(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        front.faults.addAll(List.of(faults));
        return front;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    /** Between the requests of these numbers, from 0. */
    Duration between(int first, int second) {
        return Duration.ofNanos(
                requests.get(second).nanos() - requests.get(first).nanos());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String key = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), "");
            requests.add(new Request(key, body, System.nanoTime()));
            Fault fault = faults.poll();
            if (fault == null) {
                answer(exchange, post(exchange, body));
                return;
            }
            switch (fault) {
                case ANSWER_LOST -> post(exchange, body);
                case TOO_MANY -> {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    answer(exchange, 429, "{\"status\":429,\"code\":\"too-many-requests\"}");
                }
                case BROKEN_OFF -> {
                    String progress = post(exchange, body.lines().limit(LINES).collect(Collectors.joining("\n")))
                            .text();
                    answer(
                            exchange,
                            503,
                            "{\"status\":503,\"code\":\"outcome-unknown\",\"progress\":%s}".formatted(progress));
                }
            }
        }
    }

    private Client.Answer post(HttpExchange exchange, String body) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return key == null
                ? api.send("POST", "/api/v1/messages", body.getBytes(UTF_8), "Content-Type", type)
                : api.post(body, "Idempotency-Key", key);
    }

    private static void answer(HttpExchange exchange, Client.Answer answer) throws IOException {
        answer(exchange, answer.status(), answer.text());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
