package io.sluice.api.security;

import static io.sluice.api.security.KeyServer.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.settings.AuthSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedKeysTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private KeyServer server;
    private AuthSettings settings;
    private KeySet keys;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
        server = new KeyServer();
        settings = Tokens.settings(Map.of("AUTH_JWKS_URL", server.url()));
        keys = new KeySet(settings, Duration.ofMillis(10), Duration.ofSeconds(2));
        verifier = new TokenVerifier(settings, keys, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        keys.stop();
        server.close();
    }

    private void assertTaken(String token) {
        assertThat(verifier.verify(token).await().atMost(SOON).isAnonymous()).isFalse();
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> verifier.verify(token).await().atMost(SOON))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.UNAUTHENTICATED));
    }

    private static String withoutKeyId(PublicJsonWebKey key, String algorithm) {
        return Tokens.signed(Tokens.claims().toJson(), algorithm, key.getPrivateKey(), null);
    }

    @Test
    void aTokenThatNamesNoKeyIsCheckedWithEachThatFits() throws JoseException {
        // Given
        PublicJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        List<PublicJsonWebKey> ec = Stream.of("1", "2", "3").map(KeyServer::key).toList();
        PublicJsonWebKey nameless = key(null);
        server.publish(rsa, ec.get(0), ec.get(1), nameless);

        // When // Then
        assertTaken(withoutKeyId(rsa, "RS256"));
        assertTaken(withoutKeyId(ec.get(0), "ES256"));
        assertTaken(withoutKeyId(ec.get(1), "ES256"));
        assertTaken(withoutKeyId(nameless, "ES256"));
        assertRefused(withoutKeyId(ec.get(2), "ES256"));
        server.publish(ec.get(0), ec.get(2));
        assertTaken(withoutKeyId(ec.get(2), "ES256"));
    }

    @Test
    void aTokenThatNamesNoKeyWaitsForANewOneAsWell() {
        // Given
        PublicJsonWebKey first = key(null);
        PublicJsonWebKey second = key(null);
        server.publish(first);
        assertTaken(withoutKeyId(first, "ES256"));

        // When
        server.publish(second);

        // Then
        assertTaken(withoutKeyId(second, "ES256"));
        assertRefused(withoutKeyId(first, "ES256"));
    }

    @Test
    void noMoreThanEightAreTried() {
        // Given
        PublicJsonWebKey[] ec = IntStream.range(0, 9)
                .mapToObj(Integer::toString)
                .map(KeyServer::key)
                .toArray(PublicJsonWebKey[]::new);
        server.publish(ec);

        // When // Then
        assertTaken(withoutKeyId(ec[7], "ES256"));
        assertRefused(withoutKeyId(ec[8], "ES256"));
        assertTaken(Tokens.signed(ec[8], "ES256"));
    }

    static Stream<Consumer<JsonWebKey>> forSomethingElse() {
        return Stream.of(
                key -> key.setUse("enc"),
                key -> key.setAlgorithm("ES512"),
                key -> key.setAlgorithm("ECDH-ES"),
                key -> key.setKeyOps(List.of("deriveKey")));
    }

    @ParameterizedTest
    @MethodSource("forSomethingElse")
    void aKeyChecksNothingThatItIsNotFor(Consumer<JsonWebKey> purpose) {
        // Given
        PublicJsonWebKey key = key("1");
        PublicJsonWebKey other = key("2");
        server.publish(key, other);
        assertTaken(Tokens.signed(key, "ES256"));

        // When
        purpose.accept(key);
        server.publish(key, other);

        // Then
        verifier = new TokenVerifier(settings, freshKeys(), Clock.systemUTC());
        assertRefused(Tokens.signed(key, "ES256"));
        assertRefused(withoutKeyId(key, "ES256"));
        assertTaken(Tokens.signed(other, "ES256"));
    }

    private KeySet freshKeys() {
        keys.stop();
        keys = new KeySet(settings, Duration.ofMillis(10), Duration.ofSeconds(2));
        return keys;
    }

    /** A set that has a secret in it by mistake publishes that: nothing that it signs proves anything. */
    @Test
    void aSecretThatIsPublishedChecksNothing() {
        String secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        server.answer(200, "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"%s\"}]}".formatted(secret));

        HmacKey known = new HmacKey(Base64.getUrlDecoder().decode(secret));
        assertRefused(Tokens.signed(Tokens.claims().toJson(), "HS256", known, "1"));
        assertRefused(Tokens.signed(Tokens.claims().toJson(), "HS256", known, null));
    }
}
