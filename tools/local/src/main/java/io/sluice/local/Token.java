package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token for development, valid for an hour, signed with HS256 and {@code AUTH_SECRET}.
 *
 * @param user the subject
 * @param scopes separated by blanks
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519, JSON Web Token</a>
 */
public record Token(String user, String scopes) {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String ALL_SCOPES =
            "messages:read messages:write messages:erase messages:replay dead-letters:manage tasks images:read images:write documents:read documents:write chat";

    /** Variables of the secret, in order of precedence. */
    private static final List<String> SECRETS = List.of("AUTH_SECRET", "BETTER_AUTH_SECRET");

    /**
     * Parses the arguments of {@code ./run token}.
     *
     * @throws IllegalArgumentException whose message is meant for the person who typed it
     */
    public static Token parse(List<String> arguments) {
        Token token = new Token("developer", ALL_SCOPES);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            token = switch (word) {
                case "--user" -> new Token(text(word, rest), token.scopes);
                case "--scopes" -> new Token(token.user, text(word, rest).replace(',', ' '));
                default -> throw new IllegalArgumentException("Unknown: " + word);
            };
        }
        return token;
    }

    /** Accepts only text that need not be escaped in JSON. */
    private static String text(String option, Deque<String> rest) {
        String text = rest.poll();
        if (text == null || !text.matches("[^\\p{Cntrl}\"\\\\]{1,256}")) {
            throw new IllegalArgumentException(
                    option + " takes a text of 1 to 256 characters, without quotes and backslashes.");
        }
        return text;
    }

    /** True if a program with this environment requires tokens. */
    static boolean isAskedFor(Map<String, String> environment) {
        return SECRETS.stream().anyMatch(name -> isSet(name, environment)) || isSet("AUTH_JWKS_URL", environment);
    }

    /**
     * Signs the token.
     *
     * @param environment contains {@code AUTH_SECRET}, the issuer and audience that the api requires, and the claim of
     *     the scopes
     * @param clock for the expiry
     * @return the token
     * @throws StartFailure if there is no secret
     */
    public String sign(Map<String, String> environment, Clock clock) {
        String secret = SECRETS.stream()
                .filter(name -> isSet(name, environment))
                .map(environment::get)
                .findFirst()
                .orElseThrow(Token::noSecret);
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' + base64(claims(environment, clock));
        return signed + '.' + base64(hmac(secret, signed));
    }

    private static StartFailure noSecret() {
        return new StartFailure(
                """
                There is no AUTH_SECRET to sign a token with. Without one nobody is asked for a token. To try tokens:
                  export AUTH_SECRET=$(openssl rand -base64 32)
                and start ./run again with it.""");
    }

    private String claims(Map<String, String> environment, Clock clock) {
        String claim = environment.getOrDefault("AUTH_SCOPES_CLAIM", "");
        String prefix = environment.getOrDefault("AUTH_SCOPES_PREFIX", "");
        return "{\"sub\":\"%s\",\"%s\":\"%s\",\"exp\":%d%s%s}"
                .formatted(
                        user,
                        claim.isEmpty() ? "scope" : claim,
                        Stream.of(scopes.split(" ", -1)).map(prefix::concat).collect(Collectors.joining(" ")),
                        clock.instant().plus(LIFETIME).getEpochSecond(),
                        claim("iss", environment.get("AUTH_ISSUER")),
                        claim("aud", environment.get("AUTH_AUDIENCE")));
    }

    private static String claim(String name, @Nullable String value) {
        return value == null || value.isEmpty()
                ? ""
                : ",\"%s\":\"%s\"".formatted(name, value.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean isSet(String name, Map<String, String> environment) {
        return !environment.getOrDefault(name, "").isEmpty();
    }
}
