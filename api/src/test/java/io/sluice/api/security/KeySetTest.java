package io.sluice.api.security;

import static io.sluice.api.security.KeyServer.key;
import static io.sluice.api.security.Tokens.signed;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.settings.AuthSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeySetTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    private KeyServer server;
    private KeySet keys;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
        server = new KeyServer();
        AuthSettings settings = Tokens.settings(Map.of("AUTH_JWKS_URL", server.url()));
        keys = new KeySet(settings, BETWEEN_TRIES, ANSWERED_WITHIN);
        verifier = new TokenVerifier(settings, keys, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        keys.stop();
        server.close();
    }

    private void verify(PublicJsonWebKey key) {
        verifier.verify(signed(key, "ES256")).await().atMost(SOON);
    }

    private void assertRefused(PublicJsonWebKey key, ProblemCode code) {
        assertThatThrownBy(() -> verify(key)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void isWaitedForAtTheStart() throws IOException {
        // Given
        PublicJsonWebKey key = key("1");
        server.publish(key);
        server.goAway();

        // When
        keys.start(new StartupEvent());

        // Then
        await().untilAsserted(() -> assertThat(keys.state())
                .startsWith("AUTH_JWKS_URL cannot be read: ")
                .contains("refused"));
        assertThat(keys.seen()).isFalse();
        assertRefused(key, ProblemCode.KEYS_UNAVAILABLE);
        server.comeBack();
        await().until(keys::seen);
        verify(key);
    }

    @Test
    void aKeyIsTakenFromWhenItIsPublishedUntilItIsNot() {
        // Given
        PublicJsonWebKey first = key("1");
        PublicJsonWebKey second = key("2");
        server.publish(first);
        verify(first);
        assertRefused(second, ProblemCode.UNAUTHENTICATED);

        // When
        server.publish(second);

        // Then
        verify(second);
        assertRefused(first, ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void noTokenIsRefusedWhileKeysAreRotatedUnderLoad() throws Exception {
        // Given
        PublicJsonWebKey old = key("0");
        server.publish(old);
        verify(old);
        AtomicReference<String> token = new AtomicReference<>(signed(old, "ES256"));
        AtomicInteger verified = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                running.add(clients.submit(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        verifier.verify(token.get()).await().atMost(SOON);
                        verified.incrementAndGet();
                    }
                }));
            }

            // When
            for (int i = 1; i <= 3; i++) {
                PublicJsonWebKey next = key(Integer.toString(i));
                server.publish(old, next);
                token.set(signed(next, "ES256"));
                int before = verified.get();
                await().until(() ->
                        verified.get() > before + 100 || running.stream().anyMatch(Future::isDone));
                old = next;
            }

            // Then
            assertThat(running).noneMatch(Future::isDone);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void manyUnknownKeysAreOneQuestionAfterEachPause() {
        // Given
        PublicJsonWebKey key = key("1");
        server.publish(key);
        verify(key);
        int before = server.asked();
        long start = System.nanoTime();

        // When
        List<ProblemException> refused = new ArrayList<>();
        List<Throwable> others = new ArrayList<>();
        AtomicInteger answered = new AtomicInteger();
        for (int i = 0; i < 500; i++) {
            verifier.verify(signed(key("unknown-" + i % 7), "ES256"))
                    .subscribe()
                    .with(identity -> others.add(new AssertionError("accepted")), e -> {
                        synchronized (refused) {
                            refused.add((ProblemException) e);
                        }
                        answered.incrementAndGet();
                    });
            // Those whose key is known do not wait for them.
            if (i % 100 == 0) {
                verify(key);
            }
        }
        await().until(() -> answered.get() == 500);

        // Then
        long pauses = Duration.ofNanos(System.nanoTime() - start).dividedBy(BETWEEN_TRIES);
        assertThat(server.asked() - before).isBetween(1, (int) pauses + 2);
        assertThat(others).isEmpty();
        assertThat(refused).extracting(ProblemException::code).containsOnly(ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void anAnswerThatTricklesInHoldsNoRequestForLong() {
        // Given
        PublicJsonWebKey key = key("1");
        server.publish(key);
        verify(key);

        // When
        server.answerByteByByte();

        // Then
        assertRefused(key("2"), ProblemCode.UNAUTHENTICATED);
        verify(key);
    }

    @Test
    void theLastKeysGoOnWhileThereAreNoBetterOnes() {
        // Given
        PublicJsonWebKey key = key("1");
        server.publish(key);
        verify(key);

        // When // Then
        for (String answer : List.of("<html>", "{\"keys\":[{\"kty\":\"?\"}]}")) {
            server.answer(200, answer);
            assertRefused(key("2"), ProblemCode.UNAUTHENTICATED);
            verify(key);
        }
        server.goAway();
        assertRefused(key("2"), ProblemCode.UNAUTHENTICATED);
        verify(key);
        assertThat(keys.seen()).isTrue();
    }
}
