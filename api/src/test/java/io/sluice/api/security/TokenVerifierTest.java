package io.sluice.api.security;

import static io.sluice.api.security.Tokens.SECRET;
import static io.sluice.api.security.Tokens.inSeconds;
import static io.sluice.api.security.Tokens.signed;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.StringPermission;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.AesKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class TokenVerifierTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static final String NO_CALLER =
            "The token's sub must have 1 to 256 bytes, and its iss, if there is one, 1 to 255, without control"
                    + " characters.";
    private static final String NO_SCOPES =
            "The token's %s must be a text of words between blanks, or a list of texts.";
    private static final String OF_ANOTHER_TYPE = "A claim of the token is invalid: exp and nbf must be numbers, "
            + "sub and iss texts, and aud a text or a list of texts.";

    private static TokenVerifier bySecret(Map<String, String> more) {
        var settings = Tokens.settings(with(more, "AUTH_SECRET", SECRET));
        return new TokenVerifier(settings, new KeySet(settings), Clock.systemUTC());
    }

    private static Map<String, String> with(Map<String, String> more, String name, String value) {
        var all = new HashMap<>(more);
        all.put(name, value);
        return all;
    }

    private static SecurityIdentity identity(TokenVerifier verifier, String token) {
        return verifier.verify(token).await().atMost(SOON);
    }

    private static void assertRefused(String token, String detail) {
        assertRefused(bySecret(Map.of()), token, detail);
    }

    private static void assertRefused(TokenVerifier verifier, String token, String detail) {
        assertThatThrownBy(() -> identity(verifier, token)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
            assertThat(e.problem().detail()).isEqualTo(detail);
        });
    }

    @Test
    void aTokenSaysWhoItIsAndWhatItAllows() {
        // When
        SecurityIdentity alice = identity(bySecret(Map.of()), signed());

        // Then
        assertThat(alice.getPrincipal().getName()).isEqualTo("https://login.example.com/alice");
        assertThat(alice.isAnonymous()).isFalse();
        assertThat(alice.checkPermissionBlocking(new StringPermission("messages", "read")))
                .isTrue();
        assertThat(alice.checkPermissionBlocking(new StringPermission("messages", "write")))
                .isTrue();
        assertThat(alice.checkPermissionBlocking(new StringPermission("dead-letters", "manage")))
                .isFalse();
    }

    @Test
    void aScopeMayHaveNoColon() {
        // When
        SecurityIdentity alice =
                identity(bySecret(Map.of()), signed(claims -> claims.setStringClaim("scope", "openid tasks")));

        // Then
        assertThat(alice.checkPermissionBlocking(new StringPermission("tasks"))).isTrue();
        assertThat(alice.checkPermissionBlocking(new StringPermission("messages")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "messages",
                "messages:",
                ":read",
                "messages:readwrite",
                "MESSAGES:READ",
                "messages:read,tasks"
            })
    void aScopeThatIsNoneOfOursAllowsNothing(String scope) {
        // When
        SecurityIdentity alice = identity(bySecret(Map.of()), signed(claims -> claims.setStringClaim("scope", scope)));

        // Then
        assertThat(alice.checkPermissionBlocking(new StringPermission("messages", "read")))
                .isFalse();
    }

    @Test
    void aTokenMayHaveNoIssuerNorAudienceWhereNoneIsAskedFor() {
        // Given
        TokenVerifier verifier = bySecret(Map.of("AUTH_ISSUER", "", "AUTH_AUDIENCE", ""));

        // When // Then
        assertThat(identity(verifier, signed(claims -> {
                            claims.unsetClaim("iss");
                            claims.unsetClaim("aud");
                        }))
                        .getPrincipal()
                        .getName())
                .isEqualTo("/alice");
        assertRefused(
                verifier, signed(), "The token is for another audience; its aud must have what AUTH_AUDIENCE says.");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("The token has expired.", claims -> claims.setExpirationTime(inSeconds(-31))),
                wrong("The token is not valid yet.", claims -> claims.setNotBefore(inSeconds(32))),
                wrong("The token has no exp.", claims -> claims.unsetClaim("exp")),
                wrong("The token has no sub.", claims -> claims.unsetClaim("sub")),
                wrong("The token has no iss.", claims -> claims.unsetClaim("iss")),
                wrong(
                        "The token is of another issuer; its iss must be what AUTH_ISSUER says.",
                        claims -> claims.setIssuer("https://login.example.com/")),
                wrong("The token has no aud.", claims -> claims.unsetClaim("aud")),
                wrong(
                        "The token is for another audience; its aud must have what AUTH_AUDIENCE says.",
                        claims -> claims.setAudience("tasks")),
                wrong(NO_CALLER, claims -> claims.setSubject("a\nb")),
                wrong(NO_CALLER, claims -> claims.setSubject("a".repeat(257))),
                wrong(NO_SCOPES.formatted("scope"), claims -> claims.setClaim("scope", Map.of("messages:read", true))),
                wrong(NO_SCOPES.formatted("scope"), claims -> claims.setClaim("scope", List.of("messages:read", 7))),
                wrong(NO_SCOPES.formatted("scp"), claims -> claims.setClaim("scp", 7)),
                wrong(OF_ANOTHER_TYPE, claims -> claims.setClaim("sub", 7)),
                wrong(OF_ANOTHER_TYPE, claims -> claims.setClaim("exp", "never")),
                wrong(OF_ANOTHER_TYPE, claims -> claims.setClaim("aud", Map.of())),
                wrong(
                        "The token's exp must be a time that there is, in seconds since 1970.",
                        claims -> claims.setExpirationTime(NumericDate.fromSeconds(Long.MAX_VALUE))));
    }

    private static Arguments wrong(String detail, Consumer<JwtClaims> change) {
        return Arguments.of(detail, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aTokenThatIsNotForUsOrNotForNowIsRefused(String detail, Consumer<JwtClaims> change) {
        assertRefused(signed(change), detail);
    }

    @Test
    void clocksMayDifferALittle() {
        // Given
        String expired = signed(claims -> claims.setExpirationTime(inSeconds(-20)));
        String notYetValid = signed(claims -> claims.setNotBefore(inSeconds(20)));

        // When // Then
        identity(bySecret(Map.of()), expired);
        identity(bySecret(Map.of()), notYetValid);
        TokenVerifier strict = bySecret(Map.of("AUTH_CLOCK_SKEW_SECONDS", "0"));
        assertRefused(strict, expired, "The token has expired.");
        assertRefused(strict, notYetValid, "The token is not valid yet.");
    }

    @Test
    void aTokenThatWasGoodIsRefusedWhenItHasExpired() {
        // Given
        TokenVerifier verifier = bySecret(Map.of("AUTH_CLOCK_SKEW_SECONDS", "0"));
        String token = signed(claims -> claims.setExpirationTime(inSeconds(2)));
        identity(verifier, token);

        // When // Then
        await().untilAsserted(() -> assertRefused(verifier, token, "The token has expired."));
    }

    @Test
    void theSignatureIsThatOfTheSecretOverAllOfIt() {
        // Given
        String token = signed();
        String other = signed(claims -> claims.setSubject("bob"));

        // When // Then
        String invalid = "The signature of the token is not valid.";
        assertRefused(signed("another secret of 32 characters or more", claims -> {}), invalid);
        assertRefused(
                other.substring(0, other.lastIndexOf('.') + 1) + token.substring(token.lastIndexOf('.') + 1), invalid);
        assertRefused(token.substring(0, token.length() - 3) + "AAA", invalid);
    }

    @Test
    void noOtherAlgorithmIsTakenThanThatOfTheKey() throws JoseException {
        // Given
        PublicJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        String claims = Tokens.claims().toJson();

        // When // Then
        String refusal = "The token is not a JWT that is signed as this api expects it.";
        assertRefused(signed(claims, "none", null, null), refusal);
        assertRefused(signed(claims, "HS512", new HmacKey(SECRET.repeat(2).getBytes(UTF_8)), null), refusal);
        assertRefused(signed(rsa, "RS256"), refusal);
        assertRefused(unsigned("{\"alg\":\"None\"}", claims), refusal);
        assertRefused(unsigned("{\"alg\":\"\"}", claims), refusal);
        assertRefused(unsigned("{}", claims), refusal);
        assertRefused(unsigned("{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}", claims), refusal);
    }

    private static String unsigned(String header, String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header.getBytes(UTF_8))
                + '.'
                + base64.encodeToString(claims.getBytes(UTF_8))
                + '.';
    }

    @Test
    void encryptedTokensAreNotTaken() throws JoseException {
        // Given
        JsonWebEncryption token = new JsonWebEncryption();
        token.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        token.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_128_CBC_HMAC_SHA_256);
        token.setKey(new AesKey(SECRET.substring(0, 32).getBytes(UTF_8)));
        token.setPayload(signed());

        // When // Then
        assertRefused(token.getCompactSerialization(), "The token is not a JWT that is signed as this api expects it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "....",
                "a.b.c",
                "garbage",
                "eyJhbGciOiJIUzI1NiJ9..",
                "eyJhbGciOiJIUzI1NiJ9.e30.",
                "\u0000",
                "ey\u00e9.\ud83d\ude00.x",
                "null.null.null",
                "W10.W10.W10"
            })
    void garbageIsRefused(String token) {
        assertThatThrownBy(() -> identity(bySecret(Map.of()), token))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ProblemCode.UNAUTHENTICATED));
    }

    @Test
    void aTokenThatNestsDeeplyOrIsHugeIsRefused() {
        String deep = Base64.getUrlEncoder().encodeToString("[".repeat(12_000).getBytes(UTF_8));

        assertRefused(
                deep.substring(0, 16_000) + ".e30.x", "The token is not a JWT that is signed as this api expects it.");
        assertRefused("e".repeat(16_385), "The token is longer than 16384 characters.");
        assertRefused(
                signed(claims -> claims.setStringClaim("groups", "g".repeat(16_000))),
                "The token is longer than 16384 characters.");
    }

    @Test
    void keysThatArePublishedSignWithTheirOwnAlgorithms() throws Exception {
        // Given
        PublicJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        rsa.setKeyId("rsa");
        PublicJsonWebKey ec = EcJwkGenerator.generateJwk(EllipticCurves.P384);
        ec.setKeyId("ec");
        PublicJsonWebKey okp = OkpJwkGenerator.generateJwk("Ed25519");
        okp.setKeyId("okp");
        try (KeyServer server = new KeyServer()) {
            server.publish(rsa, ec, okp);
            TokenVerifier verifier = byKeySet(server);

            // When // Then
            for (String token :
                    List.of(signed(rsa, "RS256"), signed(rsa, "RS512"), signed(ec, "ES384"), signed(okp, "EdDSA"))) {
                assertThat(identity(verifier, token).getPrincipal().getName())
                        .isEqualTo("https://login.example.com/alice");
            }
            assertRefused(
                    verifier,
                    signed(
                            claimsOf("bob"),
                            "RS256",
                            RsaJwkGenerator.generateJwk(2048).getPrivateKey(),
                            "rsa"),
                    "The signature of the token is not valid.");
        }
    }

    @Test
    void aPublicKeyIsNoSecret() throws Exception {
        // Given
        PublicJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        rsa.setKeyId("rsa");
        PublicKey known = rsa.getPublicKey();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(known.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try (KeyServer server = new KeyServer()) {
            server.publish(rsa);
            TokenVerifier verifier = byKeySet(server);
            identity(verifier, signed(rsa, "RS256"));

            // When // Then
            String refusal = "The token is not a JWT that is signed as this api expects it.";
            for (byte[] secret : List.of(
                    known.getEncoded(), pem.getBytes(UTF_8), rsa.toJson().getBytes(UTF_8))) {
                assertRefused(verifier, signed(claimsOf("eve"), "HS256", new HmacKey(secret), "rsa"), refusal);
                assertRefused(verifier, signed(claimsOf("eve"), "HS256", new HmacKey(secret), null), refusal);
            }
            assertRefused(verifier, signed(claimsOf("eve"), "none", null, "rsa"), refusal);
        }
    }

    private static String claimsOf(String subject) {
        JwtClaims claims = Tokens.claims();
        claims.setSubject(subject);
        return claims.toJson();
    }

    private static TokenVerifier byKeySet(KeyServer server) {
        var settings = Tokens.settings(Map.of("AUTH_JWKS_URL", server.url()));
        KeySet keys = new KeySet(settings, Duration.ofMillis(100), Duration.ofSeconds(3));
        return new TokenVerifier(settings, keys, Clock.systemUTC());
    }
}
