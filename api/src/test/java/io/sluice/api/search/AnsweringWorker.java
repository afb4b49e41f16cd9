package io.sluice.api.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.settings.Environment;
import io.sluice.settings.WorkerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server in the worker's place, which knows its token, and otherwise answers what it is told to. */
public final class AnsweringWorker implements AutoCloseable {

    public static final String TOKEN = "a-token-of-tests-0123456789abcdef";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile byte[] answer = new byte[0];
    private volatile boolean silent;

    /** Starts it at a free port of this machine. */
    public AnsweringWorker() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/v1/retrieval", this::handle);
        http.start();
    }

    /** Settings of an api that asks it. */
    WorkerSettings settings() {
        return settings(TOKEN);
    }

    WorkerSettings settings(String token) {
        Map<String, String> environment = Map.of("WORKER_URL", url(), "WORKER_TOKEN", token);
        return Environment.read(environment::get, WorkerSettings::new);
    }

    /** URL of it, as {@code WORKER_URL} takes it. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Bodies of the requests. */
    List<String> questions() {
        return questions;
    }

    /** Answers this from now on. */
    public AnsweringWorker answers(String json) {
        return answers(200, json);
    }

    AnsweringWorker answers(int code, String body) {
        status = code;
        answer = body.getBytes(UTF_8);
        silent = false;
        return this;
    }

    /** Takes requests from now on, and does not end an answer. */
    AnsweringWorker fallsSilent() {
        silent = true;
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            questions.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            if (silent) {
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                closed.await();
            }
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
