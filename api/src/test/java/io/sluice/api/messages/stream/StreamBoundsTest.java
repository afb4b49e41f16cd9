package io.sluice.api.messages.stream;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.sluice.api.publishing.Topics;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As many streams as a replica may have, and streams that cannot begin. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class StreamBoundsTest {

    private static final String STREAM = "/api/v1/messages/stream";

    private final Topics topics;
    private final StreamMetrics metrics;

    @TestHTTPResource
    URI api;

    Servers servers;

    StreamBoundsTest(Topics topics, StreamMetrics metrics) {
        this.topics = topics;
        this.metrics = metrics;
    }

    @BeforeEach
    void awaitTopic() {
        await().until(() -> topics.seen() && topics.current() != null && metrics.open() == 0);
    }

    @Test
    void aThousandStreamsAreOpenAtATimeAndTheNextOneIsToldToComeBack() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            // Given
            for (int i = 0; i < Streams.MAX_READERS; i++) {
                clients.add(connect());
            }
            for (Socket client : clients) {
                assertThat(statusLine(client)).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(metrics.open()).isEqualTo(Streams.MAX_READERS);

            // When // Then
            given().get(STREAM)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("overloaded"))
                    .body("detail", equalTo("So many streams are open that no more can; ask again later."));
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        await().until(() -> metrics.open() == 0);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(api.getHost(), api.getPort());
        ask(socket, "none");
        return socket;
    }

    private static void ask(Socket socket, String key) throws IOException {
        socket.getOutputStream()
                .write("GET %s?key=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .formatted(STREAM, key)
                        .getBytes(US_ASCII));
    }

    private static String statusLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\r' && c != -1;
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void ofHttp2TheStreamAloneIsGivenUp() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            // Given
            io.vertx.core.http.HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false)
                    .setInitialSettings(new Http2Settings().setInitialWindowSize(1_000)));
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            HttpClientResponse stuck = client.request(
                            HttpMethod.GET, api.getPort(), api.getHost(), STREAM + "?key=large")
                    .compose(request ->
                            request.send().map(answer -> answer.pause().exceptionHandler(end::complete)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            assertThat(metrics.open()).isEqualTo(1);

            // When
            postLarge();

            // Then
            assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
            await().until(() -> metrics.open() == 0);
            assertThat(stuck.statusCode()).isEqualTo(200);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static void postLarge() {
        given().contentType(ContentType.JSON)
                .body("{\"key\":\"large\",\"payload\":\"%s\"}".formatted("x".repeat(900_000)))
                .post("/api/v1/messages")
                .then()
                .statusCode(202);
    }

    @Test
    void whileKafkaIsSilentAStreamFromATimeOnIsRefusedAndKeepsNoPlace() throws Exception {
        // Given
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest since = HttpRequest.newBuilder(api.resolve(STREAM + "?since=2026-01-02T00:00:00Z&key=none"))
                .build();
        try (Suspension silence = new Suspension(servers.kafka().process())) {
            silence.begin();

            // When
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                            () -> client.sendAsync(since, BodyHandlers.ofString()))
                    .limit(CatchUps.MAX)
                    .toList();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(503);
                assertThat(answer.get().body()).contains("\"kafka-unavailable\"");
            }
            silence.end();

            // Then
            await().until(() -> {
                HttpResponse<Stream<String>> answer = client.send(since, BodyHandlers.ofLines());
                answer.body().close();
                return answer.statusCode() == 200;
            });
            await().until(() -> metrics.open() == 0 && metrics.catchingUp() == 0);
        }
    }
}
