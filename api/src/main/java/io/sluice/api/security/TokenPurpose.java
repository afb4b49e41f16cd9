package io.sluice.api.security;

import static java.util.Locale.ROOT;

import io.sluice.settings.AuthSettings;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtContext;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tokens that their issuer has signed for another purpose than to be sent to an api, where it says so.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.11">RFC 8725, section 3.11</a>
 */
final class TokenPurpose {

    /** RFC 9068, section 4, and what everybody writes who does not know it. */
    private static final Set<String> TYPES = Set.of("jwt", "application/jwt", "at+jwt", "application/at+jwt");

    /** Claims that say what a token is for: Cognito's is {@code token_use}, Keycloak's {@code typ}, which is also the name of a header. */
    private static final Map<String, Set<String>> OTHERS =
            Map.of("token_use", Set.of("id"), "typ", Set.of("id", "refresh", "offline", "logout"));

    private final @Nullable String audience;

    TokenPurpose(AuthSettings settings) {
        this.audience = settings.audience().orElse(null);
    }

    void check(JwtContext token) {
        String type = token.getJoseObjects().get(0).getHeader("typ");
        if (type != null && !TYPES.contains(type.toLowerCase(ROOT))) {
            throw TokenProblems.invalidToken("The token is of another type; its header typ must be JWT or at+jwt.");
        }
        JwtClaims claims = token.getJwtClaims();
        OTHERS.forEach((name, others) -> {
            if (claims.getClaimValue(name) instanceof String use && others.contains(use.toLowerCase(ROOT))) {
                throw TokenProblems.invalidToken(
                        "The token's " + name + " says that it is no access token; send that one.");
            }
        });
        if (audience != null && !claims.hasAudience() && !isOfClient(audience, claims)) {
            throw TokenProblems.invalidToken("The token has no aud.");
        }
    }

    /** Cognito's access tokens name who asked for them in place of whom they are for. */
    private static boolean isOfClient(String client, JwtClaims claims) {
        return "access".equals(claims.getClaimValue("token_use")) && client.equals(claims.getClaimValue("client_id"));
    }
}
