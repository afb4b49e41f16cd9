package io.sluice.api.security;

import java.security.Key;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Public keys that were published together. A key checks what it says that it is for, and nothing else: its {@code use},
 * {@code key_ops} and {@code alg}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517, section 4</a>
 */
final class PublishedKeys {

    /** Most keys that are tried for a token that names none: whoever sends garbage pays less for it than who checks it. */
    private static final int MOST_TRIED = 8;

    private final List<JsonWebKey> keys;
    private final VerificationJwkSelector selector = new VerificationJwkSelector();

    PublishedKeys(List<JsonWebKey> keys) {
        this.keys = keys.stream().filter(PublicJsonWebKey.class::isInstance).toList();
    }

    /**
     * The key that a token names, if it may be checked with that; of one that names none, the key that has signed it. {@code null} if
     * there is none, which another set may have.
     */
    @Nullable Key find(JsonWebSignature token) throws JoseException {
        String algorithm = token.getAlgorithmHeaderValue();
        List<JsonWebKey> fitting = selector.selectList(
                token,
                keys.stream()
                        .filter(key ->
                                key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                        .toList());
        return fitting.size() == 1 && token.getKeyIdHeaderValue() != null
                ? fitting.get(0).getKey()
                : fitting.stream()
                        .limit(MOST_TRIED)
                        .map(JsonWebKey::getKey)
                        .filter(key -> hasSigned(key, token))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean hasSigned(Key key, JsonWebSignature token) {
        try {
            token.setKey(key);
            return token.verifySignature();
        } catch (JoseException e) {
            // One that is too short, for instance; the next may be the right one.
            return false;
        }
    }
}
