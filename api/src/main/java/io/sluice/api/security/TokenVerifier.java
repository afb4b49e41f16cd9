package io.sluice.api.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512;
import static org.jose4j.jws.AlgorithmIdentifiers.EDDSA;
import static org.jose4j.jws.AlgorithmIdentifiers.HMAC_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA384;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA512;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.security.KeySet.UnknownKeyException;
import io.sluice.api.security.TokenScopes.Grant;
import io.sluice.contract.Caller;
import io.sluice.settings.AuthSettings;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Permission;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.HmacKey;

/**
 * Checks tokens: that one of the keys has signed them, with an algorithm for that kind of key, and that they are for this api and for
 * now.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current Practices</a>
 */
@Singleton
class TokenVerifier {

    /** The attribute of an identity that says what it lacks where it does not allow something: {@link TokenScopes.Grant#lack()}. */
    static final String LACK = "lack";

    /** Longer than the tokens of those who put groups in them; each character costs whoever has to read it. */
    private static final int MAX_LENGTH = 16 << 10;

    private static final Map<Integer, String> REASONS = Map.of(
            ErrorCodes.EXPIRED, "The token has expired.",
            ErrorCodes.NOT_YET_VALID, "The token is not valid yet.",
            ErrorCodes.EXPIRATION_MISSING, "The token has no exp.",
            ErrorCodes.SUBJECT_MISSING, "The token has no sub.",
            ErrorCodes.ISSUER_MISSING, "The token has no iss.",
            ErrorCodes.ISSUER_INVALID, "The token is of another issuer; its iss must be what AUTH_ISSUER says.",
            ErrorCodes.AUDIENCE_INVALID,
                    "The token is for another audience; its aud must have what AUTH_AUDIENCE says.",
            ErrorCodes.SIGNATURE_INVALID, "The signature of the token is not valid.",
            ErrorCodes.MALFORMED_CLAIM,
                    "A claim of the token is invalid: exp and nbf must be numbers, sub and iss texts, and aud a text"
                            + " or a list of texts.");

    /** Bytes of what is known of tokens that are good, at most: some 10,000 of them. A client sends the same one until it expires. */
    private static final int MAX_KNOWN = 8 << 20;

    /** Bytes that a cached token takes beside its caller's name, about. */
    private static final int KNOWN_BYTES = 600;

    private static final Duration KNOWN_UNUSED = Duration.ofMinutes(5);

    private final KeySet keys;
    private final Clock clock;
    private final Duration clockSkew;
    private final JwtConsumer consumer;
    private final TokenPurpose purpose;
    private final TokenScopes scopes;

    /** Verified tokens by their digests: nobody who reads the memory finds the tokens here. */
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumWeight(MAX_KNOWN)
            .weigher((String digest, Known good) ->
                    KNOWN_BYTES + 2 * good.identity().getPrincipal().getName().length())
            .expireAfterAccess(KNOWN_UNUSED)
            .build();

    TokenVerifier(AuthSettings settings, KeySet keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        this.clockSkew = settings.clockSkew();
        this.consumer = consumer(settings, keys);
        this.purpose = new TokenPurpose(settings);
        this.scopes = new TokenScopes(settings);
    }

    /**
     * A token that was good.
     *
     * @param until when it expires
     * @param version the {@link KeySet#version()} of the keys that it was checked with
     */
    private record Known(SecurityIdentity identity, Instant until, long version) {}

    /** Makes the reader of tokens. With a secret no public key is ever tried, and with public keys no secret: a public key is no secret. */
    private static JwtConsumer consumer(AuthSettings settings, KeySet keys) {
        JwtConsumerBuilder tokens = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(
                        Math.toIntExact(settings.clockSkew().toSeconds()));
        settings.issuer().ifPresent(tokens::setExpectedIssuer);
        // Without one, tokens that name an audience are refused: RFC 7519, section 4.1.3. Those that name none:
        // TokenPurpose.
        settings.audience().ifPresent(audience -> tokens.setExpectedAudience(false, audience));
        settings.secret()
                .ifPresentOrElse(
                        secret -> tokens.setVerificationKey(new HmacKey(secret.getBytes(UTF_8)))
                                .setJwsAlgorithmConstraints(PERMIT, HMAC_SHA256),
                        () -> tokens.setVerificationKeyResolver(keys)
                                .setJwsAlgorithmConstraints(
                                        PERMIT,
                                        RSA_USING_SHA256,
                                        RSA_USING_SHA384,
                                        RSA_USING_SHA512,
                                        ECDSA_USING_P256_CURVE_AND_SHA256,
                                        ECDSA_USING_P384_CURVE_AND_SHA384,
                                        ECDSA_USING_P521_CURVE_AND_SHA512,
                                        EDDSA));
        return tokens.build();
    }

    /**
     * Finds whose token it is, and what it allows.
     *
     * @return fails with a problem; a token of a key that is not known yet waits until the keys have been asked for again
     */
    Uni<SecurityIdentity> verify(String token) {
        if (token.length() > MAX_LENGTH) {
            return Uni.createFrom()
                    .failure(TokenProblems.invalidToken("The token is longer than " + MAX_LENGTH + " characters."));
        }
        try {
            return Uni.createFrom().item(identity(token));
        } catch (InvalidJwtException e) {
            return e.getCause() instanceof UnknownKeyException
                    ? keys.next().map(asked -> identityByNewKeys(token))
                    : Uni.createFrom().failure(refused(e));
        }
    }

    private SecurityIdentity identityByNewKeys(String token) {
        try {
            return identity(token);
        } catch (InvalidJwtException e) {
            throw keys.seen() ? refused(e) : TokenProblems.noKeys(keys.state());
        }
    }

    /** Identity of a token's caller. A token is checked once for each set of keys, since a signature costs more than all else that is done for an event. */
    private SecurityIdentity identity(String token) throws InvalidJwtException {
        String digest = digest(token);
        long version = keys.version();
        Known good = known.getIfPresent(digest);
        if (good == null || good.version() != version || !good.until().isAfter(clock.instant())) {
            good = checked(token, version);
            known.put(digest, good);
        }
        return good.identity();
    }

    private Known checked(String token, long version) throws InvalidJwtException {
        JwtContext context = consumer.process(token);
        purpose.check(context);
        JwtClaims claims = context.getJwtClaims();
        try {
            Instant until =
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()).plus(clockSkew);
            String caller = Caller.of(claims.getIssuer(), claims.getSubject());
            return new Known(identity(caller, scopes.grant(claims), until), until, version);
        } catch (IllegalArgumentException e) {
            throw TokenProblems.invalidToken(
                    "The token's sub must have 1 to 256 bytes, and its iss, if there is one, 1 to 255, "
                            + "without control characters.");
        } catch (MalformedClaimException | DateTimeException e) {
            throw TokenProblems.invalidToken("The token's exp must be a time that there is, in seconds since 1970.");
        }
    }

    private static SecurityIdentity identity(String caller, Grant grant, Instant until) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller))
                .addAttribute(LACK, grant.lack())
                .addAttribute(TokenExpiry.ATTRIBUTE, until)
                .addPermissionChecker(
                        needed -> Uni.createFrom().item(grant.scopes().contains(scope(needed))))
                .build();
    }

    /** The scope in one text, which the framework has split at its colon if it has one. */
    private static String scope(Permission needed) {
        String behind = needed.getActions();
        return behind == null ? needed.getName() : needed.getName() + ':' + behind;
    }

    private static ProblemException refused(InvalidJwtException e) {
        return REASONS.entrySet().stream()
                .filter(reason -> e.hasErrorCode(reason.getKey()))
                .findFirst()
                .map(reason -> TokenProblems.invalidToken(reason.getValue()))
                .orElseGet(() ->
                        TokenProblems.invalidToken("The token is not a JWT that is signed as this api expects it."));
    }

    private static String digest(String token) {
        try {
            return new String(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)), ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
