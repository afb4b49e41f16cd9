package io.sluice.api.security;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.sluice.settings.AuthSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scopes of tokens. Issuers put them into {@code scope} or {@code scp}, or into another claim, which a setting names; as
 * words between
 * blanks, or as a list of texts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.2">RFC 8693, section 4.2</a>
 */
final class TokenScopes {

    private final List<String> claimNames;
    private final String prefix;
    private final Set<String> defaults;

    TokenScopes(AuthSettings settings) {
        this.claimNames = settings.scopesClaim().map(List::of).orElse(List.of("scope", "scp"));
        this.prefix = settings.scopesPrefix();
        this.defaults = settings.defaultScopes();
    }

    /**
     * The scopes of one token.
     *
     * @param scopes those of {@link Scope#ALL}; of what else a token has, which may be much, nothing is kept
     * @param lack what is wrong where a scope is not among them, up to its name
     */
    record Grant(Set<String> scopes, String lack) {}

    /**
     * Reads the scopes. What holds by default holds where there is no claim for them at all: one that is empty says that the token
     * allows nothing.
     *
     * @throws io.sluice.api.http.problems.ProblemException if the claim is something else
     */
    Grant grant(JwtClaims claims) {
        Map<String, Object> all = claims.getClaimsMap();
        List<String> there =
                claimNames.stream().filter(name -> value(name, all) != null).toList();
        return there.isEmpty()
                ? new Grant(
                        defaults,
                        "it has no claim " + String.join(" or ", claimNames)
                                + " (AUTH_SCOPES_CLAIM can name another one), which must have " + prefix)
                : new Grant(
                        there.stream().flatMap(name -> scopes(name, all)).collect(toUnmodifiableSet()),
                        "its " + String.join(" or ", there) + " must have " + prefix);
    }

    private Stream<String> scopes(String name, Map<String, Object> claims) {
        Object value = value(name, claims);
        Stream<String> words;
        if (value instanceof String text) {
            words = Stream.of(text.split(" ", -1));
        } else if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            words = list.stream().map(String.class::cast);
        } else {
            throw TokenProblems.invalidToken(
                    "The token's " + name + " must be a text of words between blanks, or a list of texts.");
        }
        return words.filter(word -> word.startsWith(prefix))
                .map(word -> word.substring(prefix.length()))
                .flatMap(word -> Scope.ALL.stream().filter(word::equals));
    }

    /** The claim of this name, else the one that this is the path to; {@code null} if there is neither. A name may have dots itself. */
    private static @Nullable Object value(String name, Map<?, ?> claims) {
        if (claims.containsKey(name)) {
            Object value = claims.get(name);
            return value == null ? List.of() : value;
        }
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object value = value(name.substring(dot + 1), inner);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }
}
