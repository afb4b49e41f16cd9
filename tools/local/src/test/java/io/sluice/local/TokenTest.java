package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    private static final String SECRET = "a secret of tests, of 32 characters or more";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void saysWhoForHowLongAndWhatItAllows() {
        // When
        String token = Token.parse(List.of("--user", "alice", "--scopes", "messages:read,tasks"))
                .sign(Map.of("AUTH_SECRET", SECRET), NOON);

        // Then
        assertThat(part(token, 0)).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(part(token, 1))
                .isEqualTo("{\"sub\":\"alice\",\"scope\":\"messages:read tasks\",\"exp\":1767358800}");
        assertThat(token).hasSizeGreaterThan(43).doesNotContain("=");
    }

    @Test
    void isForWhomTheApiIs() {
        // When
        String token = Token.parse(List.of())
                .sign(Map.of("BETTER_AUTH_SECRET", SECRET, "AUTH_ISSUER", "a\"b", "AUTH_AUDIENCE", "sluice"), NOON);

        // Then
        assertThat(part(token, 1))
                .startsWith(
                        "{\"sub\":\"developer\",\"scope\":\"messages:read messages:write messages:erase messages:replay dead-letters:manage tasks images:read images:write documents:read documents:write chat\"")
                .endsWith(",\"iss\":\"a\\\"b\",\"aud\":\"sluice\"}");
    }

    @Test
    void hasItsScopesWhereTheApiLooksForThem() {
        // When
        String token = Token.parse(List.of("--scopes", "messages:read,tasks"))
                .sign(
                        Map.of(
                                "AUTH_SECRET", SECRET,
                                "AUTH_SCOPES_CLAIM", "realm_access.roles",
                                "AUTH_SCOPES_PREFIX", "sluice/"),
                        NOON);

        // Then
        assertThat(part(token, 1)).contains("\"realm_access.roles\":\"sluice/messages:read sluice/tasks\"");
    }

    @Test
    void needsASecretAndSaysHowToGetOne() {
        assertThatThrownBy(() -> Token.parse(List.of()).sign(Map.of("AUTH_SECRET", ""), NOON))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("export AUTH_SECRET=$(openssl rand -base64 32)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--user", "--user \"", "--user \\", "--scopes", "--days 7", "alice"})
    void whatIsWrongIsNamed(String arguments) {
        List<String> words = List.of(arguments.split(" ", -1));
        assertThatThrownBy(() -> Token.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words.get(0));
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), UTF_8);
    }
}
