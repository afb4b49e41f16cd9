package io.sluice.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Publishes keys, as whoever issues tokens does. */
final class KeyServer implements AutoCloseable {

    private final int port;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String answer = "{\"keys\":[]}";
    private volatile int status = 200;
    private volatile boolean trickles;
    private HttpServer server;

    KeyServer() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.port = server.getAddress().getPort();
        serve();
    }

    private void serve() {
        server.createContext("/jwks.json", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        if (trickles) {
            trickle(exchange);
            return;
        }
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Until the client or the server is gone. */
    private static void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1_000);
        while (true) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    static PublicJsonWebKey key(@Nullable String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/jwks.json";
    }

    int asked() {
        return asked.get();
    }

    void publish(PublicJsonWebKey... keys) {
        answer(200, new JsonWebKeySet(List.of(keys)).toJson(OutputControlLevel.PUBLIC_ONLY));
    }

    void answer(int status, String answer) {
        this.answer = answer;
        this.status = status;
    }

    void answerByteByByte() {
        trickles = true;
    }

    void goAway() {
        server.stop(0);
    }

    void comeBack() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve();
    }

    @Override
    public void close() {
        goAway();
    }
}
