package io.sluice.api.messages.bulk;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Topic;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kafka can go away, and come back, while many events are posted. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class BulkKafkaAwayTest {

    private static final String HEAD = String.join(
            "\r\n",
            "POST /api/v1/messages HTTP/1.1",
            "Host: api",
            "Content-Type: application/x-ndjson",
            "Connection: close",
            "Transfer-Encoding: chunked",
            "",
            "");
    private static final CountDownLatch NO_FAULT = new CountDownLatch(0);

    private final Topics topics;
    private final MeterRegistry metrics;

    @TestHTTPResource
    URI api;

    Servers servers;

    BulkKafkaAwayTest(Topics topics, MeterRegistry metrics) {
        this.topics = topics;
        this.metrics = metrics;
    }

    @BeforeEach
    void awaitAcceptance() {
        await().until(topics::seen);
        await().until(() -> post(ids(2), NO_FAULT).getInteger("accepted", 0) == 2);
    }

    @Test
    @Tag("matrix")
    void theClientGoesOnFromWhereAllIsAcknowledged() throws Exception {
        // Given
        List<UUID> ids = ids(20_000);
        double before = acknowledged();
        CountDownLatch fault = new CountDownLatch(1);
        CompletableFuture<JsonObject> answer = CompletableFuture.supplyAsync(() -> post(ids, fault));
        await().until(() -> acknowledged() > before);

        // When
        servers.kafka().kill();
        fault.countDown();
        JsonObject problem = answer.get(60, TimeUnit.SECONDS);
        servers.kafka().start();

        // Then
        assertThat(problem.getInteger("status")).isEqualTo(503);
        assertThat(problem.getString("code")).isIn("outcome-unknown", "not-accepted");
        JsonObject progress = problem.getJsonObject("progress");
        int through = progress.getInteger("acknowledgedThrough");
        assertThat(through).isBetween(1, ids.size() - 1);
        assertThat(progress.getInteger("accepted")).isGreaterThanOrEqualTo(through);

        // When
        awaitAcceptance();
        boolean kept = published().containsAll(ids.subList(0, through));
        JsonObject rest = post(ids.subList(through, ids.size()), NO_FAULT);

        // Then
        assertThat(kept).isTrue();
        assertThat(rest.getInteger("accepted")).isEqualTo(ids.size() - through);
        assertThat(published().containsAll(ids)).isTrue();
    }

    @Test
    void whileKafkaIsSilentForAMomentTheClientWaits() throws Exception {
        // Given
        List<UUID> ids = ids(20_000);
        try (Suspension silence = new Suspension(servers.kafka().process())) {
            double before = acknowledged();
            CountDownLatch fault = new CountDownLatch(1);
            CompletableFuture<JsonObject> answer = CompletableFuture.supplyAsync(() -> post(ids, fault));
            await().until(() -> acknowledged() > before);

            // When: longer than a single post waits
            silence.begin();
            fault.countDown();
            int single = given().contentType(ContentType.JSON)
                    .body("{\"payload\":1}")
                    .post("/api/v1/messages")
                    .statusCode();
            boolean answered = answer.isDone();
            silence.end();

            // Then
            assertThat(single).isEqualTo(503);
            assertThat(answered).isFalse();
            assertThat(answer.get(60, TimeUnit.SECONDS).getInteger("acknowledgedThrough"))
                    .isEqualTo(ids.size());
            assertThat(published().containsAll(ids)).isTrue();
        }
    }

    @Test
    @Tag("matrix")
    void aSilenceThatEndsConnectionsIsWaitedOutToo() throws Exception {
        // Given
        List<UUID> ids = ids(20_000);
        try (Suspension silence = new Suspension(servers.kafka().process())) {
            double before = acknowledged();
            CountDownLatch over = new CountDownLatch(1);
            CompletableFuture<JsonObject> answer = CompletableFuture.supplyAsync(() -> post(ids, over));
            await().until(() -> acknowledged() >= before + ids.size() / 2.0);
            double closed = closedConnections();

            // When: lines come while the producer has given up its connection, and forgotten the topic
            silence.begin();
            await().until(() -> closedConnections() > closed);
            silence.end();
            over.countDown();

            // Then
            JsonObject answered = answer.get(60, TimeUnit.SECONDS);
            assertThat(answered.getInteger("acknowledgedThrough"))
                    .as(answered.encode())
                    .isEqualTo(ids.size());
            assertThat(published().containsAll(ids)).isTrue();
        }
    }

    private double closedConnections() {
        return metrics.get("kafka.producer.connection.close.total").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    private double acknowledged() {
        return metrics.get("sluice.api.events.acknowledged").counter().count();
    }

    private static List<UUID> ids(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private static String lines(List<UUID> ids) {
        return ids.stream()
                .map(id -> "{\"id\":\"" + id + "\",\"payload\":\"" + "x".repeat(100) + "\"}\n")
                .collect(Collectors.joining());
    }

    /** Sends half, waits for the fault while it sends line by line, sends the rest, and reads the answer even if the server takes no more. */
    private JsonObject post(List<UUID> ids, CountDownLatch fault) {
        try (Socket client = new Socket(api.getHost(), api.getPort())) {
            client.setSoTimeout(30_000);
            try {
                send(client, ids, fault);
            } catch (IOException answeredBefore) {
                // Then the answer says so.
            }
            String answer = new String(client.getInputStream().readAllBytes(), UTF_8);
            return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n")));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(Socket client, List<UUID> ids, CountDownLatch fault)
            throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        out.write(HEAD.getBytes(UTF_8));
        int sent = ids.size() / 2;
        out.write(chunk(lines(ids.subList(0, sent))));
        while (!fault.await(20, TimeUnit.MILLISECONDS)) {
            out.write(chunk(lines(ids.subList(sent, sent + 1))));
            sent++;
        }
        out.write(chunk(lines(ids.subList(sent, ids.size()))));
        out.write(chunk(""));
    }

    private static byte[] chunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(UTF_8);
    }

    private Set<UUID> published() {
        return new Records(servers.kafka().bootstrapServers(), Topic.MESSAGES.name(""))
                .ids().stream().map(UUID::fromString).collect(Collectors.toSet());
    }
}
