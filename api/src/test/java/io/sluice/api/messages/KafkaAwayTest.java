package io.sluice.api.messages;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.connections.TestLimits;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Topic;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.Suspension;
import io.sluice.testkit.TcpProxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka can fall silent, and die, and come back. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class KafkaAwayTest {

    private static final int CLIENTS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topics topics;
    private final MeterRegistry metrics;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource
    URI api;

    Servers servers;
    TcpProxy network;

    KafkaAwayTest(Topics topics, MeterRegistry metrics) {
        this.topics = topics;
        this.metrics = metrics;
    }

    @BeforeEach
    void awaitAcceptance() {
        await().until(topics::seen);
        awaitAccepted();
    }

    @Test
    void whileKafkaHangsPostsAreAnsweredWithinTwoSecondsAndOnlyProbesAreHandedOver() {
        // Given
        try (Suspension silence = new Suspension(servers.kafka().process())) {
            silence.begin();

            // When
            List<Answer> inFlight = postAtOnce(CLIENTS);
            List<Answer> later = postAtOnce(CLIENTS);
            int ready = given().get("/health/ready").statusCode();
            Response health = given().get("/health");
            silence.end();
            awaitAccepted();

            // Then
            assertThat(inFlight).allSatisfy(answer -> assertUnavailable(answer, "outcome-unknown"));
            assertThat(later).allSatisfy(answer -> assertUnavailable(answer, answer.code()));
            assertThat(idsIn(later, "outcome-unknown")).hasSizeLessThan(3);
            assertThat(ready).isEqualTo(200);
            health.then().statusCode(503).body(containsString("Kafka acknowledges no events"));
            assertThat(published())
                    .containsAll(idsIn(inFlight, "outcome-unknown"))
                    .containsAll(idsIn(later, "outcome-unknown"))
                    .doesNotContainAnyElementsOf(idsIn(later, "not-accepted"));
        }
    }

    @Test
    void afterKafkaWasKilledAndStartedAgainPostsAreAcceptedAgain() {
        // Given
        servers.kafka().kill();

        // When
        List<Answer> inFlight = postAtOnce(CLIENTS);
        List<Answer> later = postAtOnce(CLIENTS);
        servers.kafka().start();

        // Then
        assertThat(inFlight).allSatisfy(answer -> assertUnavailable(answer, answer.code()));
        assertThat(later)
                .filteredOn(answer -> answer.code().equals("not-accepted"))
                .isNotEmpty();
        assertThat(later).allSatisfy(answer -> assertUnavailable(answer, answer.code()));
        awaitAccepted();
    }

    @ParameterizedTest
    @EnumSource(names = "CONNECTIONS_ARE_FORGOTTEN")
    @Tag("matrix")
    void soTheyAreAfterAnotherOne(Fault fault) {
        afterAFaultOfTheNetworkPostsAreAcceptedAgain(fault);
    }

    @ParameterizedTest
    @EnumSource(names = "NOTHING_GETS_THROUGH")
    void afterAFaultOfTheNetworkPostsAreAcceptedAgain(Fault fault) {
        // Given
        fault.start.accept(network);

        // When
        List<Answer> inFlight = postAtOnce(CLIENTS);
        List<Answer> later = postAtOnce(CLIENTS);
        fault.end.accept(network);
        awaitAccepted();

        // Then
        assertThat(inFlight).allSatisfy(answer -> assertUnavailable(answer, "outcome-unknown"));
        assertThat(later).allSatisfy(answer -> assertUnavailable(answer, answer.code()));
        assertThat(idsIn(later, "not-accepted")).hasSizeGreaterThan(CLIENTS / 2);
    }

    /** The bounds on clients are for what clients do. */
    @Test
    void aBodyThatCameInTimeIsAnsweredThoughKafkaTakesLongerThanABodyMay() throws Exception {
        try (Socket connection = new Socket(api.getHost(), api.getPort())) {
            // Given
            connection
                    .getOutputStream()
                    .write(("POST /api/v1/messages HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 13\r\nConnection: close\r\n\r\n{\"payload\"")
                            .getBytes(UTF_8));
            // The client itself takes so long: there is nothing to be awaited.
            Thread.sleep(TestLimits.LIMITS.body().toMillis() * 6 / 10);

            // When
            try (Suspension silence = new Suspension(servers.kafka().process())) {
                silence.begin();
                connection.getOutputStream().write(":1}".getBytes(UTF_8));
                await().until(() ->
                        metrics.get("sluice.api.kafka.silent").gauge().value() > 0);
                silence.end();

                // Then
                assertThat(new String(connection.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 ")
                        .containsAnyOf(" 202 ", "outcome-unknown");
            }
        }
        awaitAccepted();
    }

    private enum Fault {
        NOTHING_GETS_THROUGH(TcpProxy::stall, TcpProxy::heal),
        CONNECTIONS_ARE_FORGOTTEN(TcpProxy::halfOpen, unused -> {});

        private final Consumer<TcpProxy> start;
        private final Consumer<TcpProxy> end;

        Fault(Consumer<TcpProxy> start, Consumer<TcpProxy> end) {
            this.start = start;
            this.end = end;
        }
    }

    private static void assertUnavailable(Answer answer, String code) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isEqualTo("1");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.id()).isNotEmpty();
        assertThat(answer.time()).isLessThan(Duration.ofSeconds(2));
    }

    /** The answer that a client has got, and the time that it has waited for it. */
    private record Answer(int status, String retryAfter, String body, Duration time) {

        String code() {
            return member("code");
        }

        String id() {
            return member("id");
        }

        private String member(String name) {
            try {
                return JSON.readTree(body).path(name).asText();
            } catch (JsonProcessingException e) {
                throw new AssertionError(body, e);
            }
        }
    }

    /** By a client that takes little of the processor, because its time is measured. */
    private List<Answer> postAtOnce(int count) {
        return Stream.generate(this::post).limit(count).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private CompletableFuture<Answer> post() {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/v1/messages"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"payload\":1}"))
                .build();
        long start = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(answer -> new Answer(
                        answer.statusCode(),
                        answer.headers().firstValue("Retry-After").orElse(""),
                        answer.body(),
                        Duration.ofNanos(System.nanoTime() - start)));
    }

    private void awaitAccepted() {
        await().until(() -> post().join().status() == 202);
        await().until(() -> given().get("/health").statusCode() == 200);
    }

    private static Set<String> idsIn(List<Answer> answers, String code) {
        return answers.stream()
                .filter(answer -> answer.code().equals(code))
                .map(Answer::id)
                .collect(Collectors.toSet());
    }

    private Set<String> published() {
        return new Records(servers.kafka().bootstrapServers(), Topic.MESSAGES.name("")).ids();
    }
}
