package io.sluice.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider of language models that answers what it is told to: in OpenAI's protocol, Anthropic's or Gemini's, by the path that it is asked
 * at. Its URL is what {@code LLM_BASE_URL} takes.
 */
public final class LanguageModelServer implements AutoCloseable {

    static {
        // Else the server of the JDK keeps each part but the first back until the one before is acknowledged, which
        // Linux does 40 ms later:
        // no provider does that. Read once, when the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Function<Request, ModelAnswer>> answers = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private volatile boolean isClosed;

    /**
     * A request.
     *
     * @param path with the query
     * @param headers by their names in lower case, the first value of each
     * @param body in JSON
     */
    public record Request(String path, Map<String, String> headers, String body) {}

    /** Starts it at a free port of this machine. Until it is told otherwise, it answers {@code OK.} */
    public LanguageModelServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
        then(ModelAnswer.text("OK."));
    }

    /** Base URL of its API. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1");
    }

    /** Replaces the answers that are left by these, of which the last one is given again and again. */
    public LanguageModelServer then(ModelAnswer... next) {
        List<Function<Request, ModelAnswer>> given = new ArrayList<>();
        for (ModelAnswer answer : next) {
            given.add(request -> answer);
        }
        return replace(given);
    }

    /** Replaces the answers that are left by one that depends on the request. */
    public LanguageModelServer thenTo(Function<Request, ModelAnswer> answer) {
        return replace(List.of(answer));
    }

    private synchronized LanguageModelServer replace(List<Function<Request, ModelAnswer>> next) {
        answers.clear();
        answers.addAll(next);
        return this;
    }

    /** The requests so far. */
    public List<Request> requests() {
        return requests;
    }

    /** Number of requests whose client left before their answer had its end. */
    public int clientsThatLeft() {
        return left.get();
    }

    @Override
    public void close() {
        isClosed = true;
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(lower(name), values.get(0)));
        Request request = new Request(
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        ModelAnswer answer = next().apply(request);
        ModelWire wire = ModelWire.of(request.path());
        if (answer.status() == ModelAnswer.OK) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            stream(exchange, wire, answer);
        } else {
            try (exchange) {
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private void stream(HttpExchange exchange, ModelWire wire, ModelAnswer answer) throws IOException {
        OutputStream out = null;
        try {
            if (answer.ending() != ModelAnswer.Ending.SILENT) {
                exchange.sendResponseHeaders(ModelAnswer.OK, 0);
                out = exchange.getResponseBody();
                write(out, wire.begin());
                for (String part : answer.parts()) {
                    write(out, wire.text(part));
                }
            }
            switch (answer.ending()) {
                case COMPLETE -> write(out, wire.end(answer.reason()));
                case CUT -> {}
                case BROKEN -> throw new IllegalStateException("The connection is broken off, as it was told to be");
                case ERROR -> write(out, wire.error(answer.body()));
                case OPEN, SILENT -> waitForTheClient(exchange, out);
            }
            exchange.close();
        } catch (IOException e) {
            left.incrementAndGet();
            throw e;
        }
    }

    /** Sends comments, as providers do, until the client has left. */
    private void waitForTheClient(HttpExchange exchange, @Nullable OutputStream begun) throws IOException {
        OutputStream out = begun;
        while (!isClosed) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
            if (out == null) {
                exchange.sendResponseHeaders(ModelAnswer.OK, 0);
                out = exchange.getResponseBody();
            }
            write(out, ": waiting\n\n");
        }
    }

    private static void write(@Nullable OutputStream out, String text) throws IOException {
        if (out != null) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private synchronized Function<Request, ModelAnswer> next() {
        Function<Request, ModelAnswer> answer = answers.element();
        if (answers.size() > 1) {
            answers.remove();
        }
        return answer;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
