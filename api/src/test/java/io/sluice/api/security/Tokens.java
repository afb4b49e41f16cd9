package io.sluice.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.settings.AuthSettings;
import io.sluice.settings.Environment;
import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Tokens as issuers sign them, and as attackers do. */
public final class Tokens {

    static final String SECRET = "a secret of tests, of 32 characters or more";
    static final String ISSUER = "https://login.example.com";
    static final String AUDIENCE = "sluice";

    private Tokens() {}

    static AuthSettings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putIfAbsent("AUTH_ISSUER", ISSUER);
        all.putIfAbsent("AUTH_AUDIENCE", AUDIENCE);
        return Environment.read(all::get, AuthSettings::withKey);
    }

    /** The claims of a valid token. */
    static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("alice");
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setExpirationTime(inSeconds(600));
        claims.setStringClaim("scope", "messages:read messages:write");
        return claims;
    }

    static NumericDate inSeconds(long seconds) {
        NumericDate time = NumericDate.now();
        time.addSeconds(seconds);
        return time;
    }

    static String signed() {
        return signed(claims -> {});
    }

    /** A token with other claims. */
    public static String signed(Consumer<JwtClaims> change) {
        return signed(SECRET, change);
    }

    static String signed(String secret, Consumer<JwtClaims> change) {
        JwtClaims claims = claims();
        change.accept(claims);
        return signed(claims.toJson(), "HS256", new HmacKey(secret.getBytes(UTF_8)), null);
    }

    static String signed(PublicJsonWebKey key, String algorithm) {
        return signed(claims().toJson(), algorithm, key.getPrivateKey(), key.getKeyId());
    }

    static String signed(String payload, String algorithm, @Nullable Key key, @Nullable String keyId) {
        return signed(payload, algorithm, key, keyId, Map.of());
    }

    static String signed(
            String payload,
            String algorithm,
            @Nullable Key key,
            @Nullable String keyId,
            Map<String, String> moreHeaders) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        token.setAlgorithmHeaderValue(algorithm);
        moreHeaders.forEach(token::setHeader);
        if (keyId != null) {
            token.setKeyIdHeaderValue(keyId);
        }
        token.setKey(key);
        token.setDoKeyValidation(false);
        token.setPayload(payload);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
