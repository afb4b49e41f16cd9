package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Stands in for the api, the consumer and the worker: is ready at once, and answers with its settings. */
final class StandInServer {
    private static final String SERVERS = System.getenv("KAFKA_BOOTSTRAP_SERVERS");

    private StandInServer() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(System.getenv("HTTP_HOST"), port), 0);
        server.createContext("/health/ready", exchange -> answer(exchange, "{}"));
        server.createContext("/environment", exchange -> answer(exchange, settings()));
        server.start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.out.println("stopped while Kafka was up: " + isKafkaUp())));
    }

    private static String settings() {
        return String.join(
                " ",
                System.getenv("APP_ENV"),
                System.getenv("LOG_FORMAT"),
                System.getenv("DATABASE_URL"),
                SERVERS,
                System.getenv("TOPIC_PARTITIONS"));
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static boolean isKafkaUp() {
        if (SERVERS.isEmpty()) {
            return false;
        }
        String[] address = SERVERS.split(":", -1);
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            return socket.isConnected();
        } catch (IOException down) {
            return false;
        }
    }
}
