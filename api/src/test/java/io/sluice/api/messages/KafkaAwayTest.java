package io.sluice.api.messages;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.api.connections.TestLimits;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Topic;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.ServersBehindProxy;
import io.sluice.testkit.Suspension;
import io.sluice.testkit.TcpProxy;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka can fall silent, and die, and come back. */
@QuarkusTest
@WithTestResource(ServersBehindProxy.class)
class KafkaAwayTest {

    private static final int CLIENTS = 20;
    private static final long TWO_SECONDS = 2_000;

    private final Topics topics;

    @TestHTTPResource
    URI api;

    Servers servers;
    TcpProxy network;

    KafkaAwayTest(Topics topics) {
        this.topics = topics;
    }

    @BeforeEach
    void awaitAcceptance() {
        await().until(topics::seen);
        awaitAccepted();
    }

    @Test
    void whileKafkaHangsPostsAreAnsweredWithinTwoSecondsAndOnlyProbesAreHandedOver() {
        // Given
        Suspension silence = new Suspension(servers.kafka().process());
        silence.begin();

        // When
        List<Response> inFlight = postAtOnce(CLIENTS);
        List<Response> later = postAtOnce(CLIENTS);
        Response ready = given().get("/health/ready");
        Response health = given().get("/health");
        silence.end();
        awaitAccepted();

        // Then
        assertThat(inFlight).allSatisfy(answer -> assertUnavailable(answer, "outcome-unknown"));
        assertThat(later).allSatisfy(answer -> assertUnavailable(answer, code(answer)));
        assertThat(idsIn(later, "outcome-unknown")).hasSizeLessThan(3);
        assertThat(ready.statusCode()).isEqualTo(200);
        health.then().statusCode(503).body(containsString("Kafka acknowledges no events"));
        assertThat(published())
                .containsAll(idsIn(inFlight, "outcome-unknown"))
                .containsAll(idsIn(later, "outcome-unknown"))
                .doesNotContainAnyElementsOf(idsIn(later, "not-accepted"));
    }

    @Test
    void afterKafkaWasKilledAndStartedAgainPostsAreAcceptedAgain() {
        // Given
        servers.kafka().kill();

        // When
        List<Response> inFlight = postAtOnce(CLIENTS);
        List<Response> later = postAtOnce(CLIENTS);
        servers.kafka().start();

        // Then
        assertThat(inFlight).allSatisfy(answer -> assertUnavailable(answer, code(answer)));
        assertThat(later)
                .filteredOn(answer -> code(answer).equals("not-accepted"))
                .isNotEmpty();
        assertThat(later).allSatisfy(answer -> assertUnavailable(answer, code(answer)));
        awaitAccepted();
    }

    @ParameterizedTest
    @EnumSource
    void afterAFaultOfTheNetworkPostsAreAcceptedAgain(Fault fault) {
        // Given
        fault.start.accept(network);

        // When
        List<Response> inFlight = postAtOnce(CLIENTS);
        List<Response> later = postAtOnce(CLIENTS);
        fault.end.accept(network);
        awaitAccepted();

        // Then
        assertThat(inFlight).allSatisfy(answer -> assertUnavailable(answer, "outcome-unknown"));
        assertThat(later).allSatisfy(answer -> assertUnavailable(answer, code(answer)));
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
            Thread.sleep(TestLimits.LIMITS.body().toMillis() * 6 / 10);

            // When
            Suspension silence = new Suspension(servers.kafka().process());
            silence.begin();
            connection.getOutputStream().write(":1}".getBytes(UTF_8));
            Thread.sleep(TestLimits.LIMITS.body().toMillis() * 6 / 10);
            silence.end();

            // Then
            assertThat(new String(connection.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 ")
                    .containsAnyOf(" 202 ", "outcome-unknown");
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

    private static void assertUnavailable(Response answer, String code) {
        answer.then().statusCode(503).header("Retry-After", is("1")).body("code", is(code));
        assertThat(id(answer)).isNotEmpty();
        assertThat(answer.time()).isLessThan(TWO_SECONDS);
    }

    private static List<Response> postAtOnce(int count) {
        ExecutorService clients = Executors.newFixedThreadPool(count);
        try {
            return Stream.generate(() -> CompletableFuture.supplyAsync(KafkaAwayTest::post, clients))
                    .limit(count)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            clients.shutdown();
        }
    }

    private static void awaitAccepted() {
        await().until(() -> post().statusCode() == 202);
        await().until(() -> given().get("/health").statusCode() == 200);
    }

    private static Response post() {
        return given().contentType(ContentType.JSON).body("{\"payload\":1}").post("/api/v1/messages");
    }

    private static String code(Response answer) {
        return answer.path("code");
    }

    private static String id(Response answer) {
        return answer.path("id");
    }

    private static Set<String> idsIn(List<Response> answers, String code) {
        return answers.stream()
                .filter(answer -> code(answer).equals(code))
                .map(KafkaAwayTest::id)
                .collect(Collectors.toSet());
    }

    private Set<String> published() {
        return new Records(servers.kafka().bootstrapServers(), Topic.MESSAGES.name(""))
                .all().stream()
                        .map(event ->
                                new String(event.headers().lastHeader("ce_id").value(), UTF_8))
                        .collect(Collectors.toSet());
    }
}
