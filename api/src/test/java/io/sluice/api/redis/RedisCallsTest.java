package io.sluice.api.redis;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.local.FreePort;
import io.sluice.settings.Environment;
import io.sluice.settings.RedisSettings;
import io.sluice.testkit.Certificates;
import io.sluice.testkit.RedisServer;
import io.sluice.testkit.TcpProxy;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Of a Redis that is there, killed, slow, never there, or does not know the password. */
@Execution(ExecutionMode.CONCURRENT)
class RedisCallsTest {

    /** Longer than a busy machine takes for an answer that is there. */
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Longer than a test takes from a third failure to the call behind it. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private RedisCalls redis = calls(Map.of(), LONG);

    @AfterEach
    void stop() throws Exception {
        redis.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private RedisCalls calls(Map<String, String> environment, Duration timeout) {
        RedisSettings settings = Environment.read(environment::get, RedisSettings::new);
        return new RedisCalls(vertx, settings, true, registry, timeout, PAUSE, System::nanoTime);
    }

    private void use(String url, Duration timeout) {
        redis = calls(Map.of("REDIS_URL", url), timeout);
        redis.start();
    }

    private void awaitUse() {
        await().untilAsserted(() -> assertThat(redis.state()).isEqualTo("in use"));
    }

    private void awaitState(String part) {
        await().untilAsserted(() ->
                assertThat(redis.state()).startsWith("worked without: ").contains(part));
    }

    private Optional<String> get(String key) {
        return redis.get(key).await().atMost(LONG.plusSeconds(10)).map(value -> new String(value, UTF_8));
    }

    private double calls(String outcome) {
        return registry.get("sluice.api.redis.calls")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void whatIsSetIsThereForItsTime() {
        try (RedisServer server = RedisServer.start()) {
            // Given
            use(server.url(), LONG);
            awaitUse();

            // When
            redis.set("k", "größe\r\n".getBytes(UTF_8), Duration.ofSeconds(100));

            // Then
            assertThat(get("k")).contains("größe\r\n");
            assertThat(get("another")).isEmpty();
            assertThat(server.answer("TTL k")).matches("(?s):(99|100)\r\n.*");
            assertThat(calls("answered")).isGreaterThanOrEqualTo(4);
            assertThat(calls("failed") + calls("skipped")).isZero();
        }
    }

    @Test
    void withoutUrlThereIsNone() {
        // When
        redis.start();

        // Then
        assertThat(redis.isUsed()).isFalse();
        assertThat(get("k")).isEmpty();
        redis.set("k", new byte[1], LONG);
        assertThat(redis.state()).startsWith("not used");
    }

    @Test
    void killedMidwayItIsWorkedWithoutAndUsedAgainWhenItIsBack() {
        try (RedisServer server = RedisServer.start()) {
            // Given
            use(server.url(), LONG);
            awaitUse();
            redis.set("k", "v".getBytes(UTF_8), Duration.ofMinutes(1));
            assertThat(get("k")).contains("v");

            // When
            server.kill();

            // Then
            awaitState("Connection refused");
            assertThat(get("k")).isEmpty();
            assertThat(calls("skipped")).isPositive();

            // When
            server.restart();

            // Then
            awaitUse();
            assertThat(get("k")).as("it has lost what it had").isEmpty();
        }
    }

    @Test
    void whereItHangsNobodyWaitsForLongAndAfterAWhileNobodyAtAll() {
        try (RedisServer server = RedisServer.start();
                TcpProxy proxy = TcpProxy.start(0, server.port())) {
            // Given
            use("redis://" + proxy.address(), Duration.ofMillis(300));
            awaitUse();

            // When
            proxy.stall();

            // Then
            for (int call = 0; call < RedisCalls.FAILURES_BEFORE_PAUSE; call++) {
                assertThat(get("k")).isEmpty();
            }
            assertThat(calls("failed")).isBetween(1.0, 4.0);
            awaitState("within");
            double skipped = calls("skipped");
            assertThat(get("k")).isEmpty();
            assertThat(calls("skipped")).as("not asked").isGreaterThan(skipped);

            // When
            proxy.heal();

            // Then
            awaitUse();
        }
    }

    @Test
    void aConnectionThatANetworkHasForgottenIsReplaced() {
        try (RedisServer server = RedisServer.start();
                TcpProxy proxy = TcpProxy.start(0, server.port())) {
            // Given
            use("redis://" + proxy.address(), Duration.ofMillis(300));
            awaitUse();

            // When
            proxy.halfOpen();
            await().untilAsserted(() -> {
                assertThat(get("k")).isEmpty();
                assertThat(redis.state()).startsWith("worked without");
            });

            // Then
            awaitUse();
        }
    }

    @Test
    void neverThereItIsWorkedWithout() {
        // When
        use("redis://127.0.0.1:1", LONG);

        // Then
        awaitState("Connection refused");
        assertThat(get("k")).isEmpty();
        assertThat(calls("skipped")).isPositive();
    }

    @Test
    void aPasswordIsShownAndAWrongOneIsNamedWithoutItself(@TempDir Path folder) throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "p@ss+w%rd")) {
            // Given
            Path file = Files.writeString(folder.resolve("url"), "redis://:s3cret@127.0.0.1:" + server.port());
            redis = calls(Map.of("REDIS_URL_FILE", file.toString()), LONG);
            redis.start();

            // Then
            awaitState("WRONGPASS");
            assertThat(redis.state()).doesNotContain("s3cret");
            assertThat(get("k")).isEmpty();

            // When
            Files.writeString(file, "redis://:p%40ss+w%25rd@127.0.0.1:" + server.port() + "\n");

            // Then
            awaitUse();
            redis.set("k", "v".getBytes(UTF_8), Duration.ofMinutes(1));
            assertThat(get("k")).contains("v");
            assertThat(clients(server, "AUTH p@ss+w%rd"))
                    .as("no connection was left open")
                    .isEqualTo(2);
        }
    }

    private static long clients(RedisServer server, String authentication) {
        return server.answer(authentication + "\r\nCLIENT LIST")
                .lines()
                .filter(line -> line.startsWith("id="))
                .count();
    }

    @Test
    void aServerWithACertificateOfAStrangerIsNotUsed(@TempDir Path folder) {
        Certificates authority = Certificates.in(folder);
        Certificates.Issued certificate = authority.issue("localhost");
        int port = FreePort.find();
        try (RedisServer server = RedisServer.start(
                "--tls-port", Integer.toString(port),
                "--tls-cert-file", certificate.certificate().toString(),
                "--tls-key-file", certificate.key().toString(),
                "--tls-ca-cert-file", authority.authority().toString(),
                "--tls-auth-clients", "no")) {
            // When
            use("rediss://:s3cret@localhost:" + port, LONG);

            // Then
            awaitState("certification path");
            assertThat(redis.state()).doesNotContain("s3cret");
            assertThat(server.answer("PING")).as("it is there").startsWith("+PONG");
        }
    }
}
