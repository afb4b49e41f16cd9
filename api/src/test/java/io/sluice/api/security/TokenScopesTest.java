package io.sluice.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.security.TokenScopes.Grant;
import io.sluice.settings.AuthSettings;
import io.sluice.settings.Environment;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenScopesTest {

    private static Grant grant(Map<String, String> settings, String claims) throws InvalidJwtException {
        return new TokenScopes(Environment.read(settings::get, AuthSettings::new)).grant(JwtClaims.parse(claims));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"scope\":\"a messages:read b\"}                               | messages:read",
                "{\"scope\":[\"messages:read\",\"b\"]}                           | messages:read",
                "{\"scp\":\"messages:read\"}                                     | messages:read",
                "{\"scp\":[\"messages:read\",\"messages:write\"]}                | messages:read messages:write",
                "{\"scope\":\"messages:read\",\"scp\":[\"messages:write\"]}      | messages:read messages:write",
                "{\"scope\":[\"messages:read messages:write\"]}                  | ``",
                "{\"scope\":\"messages:read,messages:write\"}                    | ``",
                "{\"roles\":[\"messages:read\"],\"permissions\":\"messages:read\"} | ``"
            })
    void scopesAreWordsOrAList(String claims, String scopes) throws InvalidJwtException {
        assertThat(String.join(
                        " ", grant(Map.of(), claims).scopes().stream().sorted().toList()))
                .isEqualTo(scopes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | messages:write",
                "{\"roles\":[\"messages:read\"]}   | messages:write",
                "{\"scope\":\"\"}                  | ",
                "{\"scope\":[]}                    | ",
                "{\"scope\":null}                  | ",
                "{\"scp\":\"\"}                    | ",
                "{\"scope\":\"openid\"}            | ",
                "{\"scope\":\"messages:read\"}     | messages:read"
            })
    void theDefaultHoldsOnlyWhereThereIsNoClaim(String claims, String scopes) throws InvalidJwtException {
        assertThat(grant(Map.of("AUTH_DEFAULT_SCOPES", "messages:write"), claims)
                        .scopes())
                .isEqualTo(scopes == null ? Set.of() : Set.of(scopes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roles              | {\"roles\":[\"messages:read\"],\"scope\":\"messages:write\"}   | messages:read",
                "realm_access.roles | {\"realm_access\":{\"roles\":[\"messages:read\"]}}             | messages:read",
                "realm_access.roles | {\"realm_access.roles\":\"messages:read\",\"realm_access\":{\"roles\":[\"messages:write\"]}} | messages:read",
                "realm_access.roles | {\"realm_access\":\"messages:read\"}                           | ",
                "realm_access.roles | {\"realm_access\":[{\"roles\":\"messages:read\"}]}             | ",
                "https://a.b/roles  | {\"https://a.b/roles\":[\"messages:read\"]}                    | messages:read",
                "a.b.c.d            | {\"a\":{\"b\":{}},\"a.b\":{\"c.d\":\"messages:read\"}}         | messages:read",
                "...                | {\"\":{\"\":{\"\":\"messages:read\"}}}                         | "
            })
    void theClaimThatIsNamedIsTheOnlyOne(String name, String claims, String scopes) throws InvalidJwtException {
        assertThat(grant(Map.of("AUTH_SCOPES_CLAIM", name), claims).scopes())
                .isEqualTo(scopes == null ? Set.of() : Set.of(scopes));
    }

    @Test
    void whatStandsBeforeScopesHasToBeThere() throws InvalidJwtException {
        Map<String, String> settings = Map.of("AUTH_SCOPES_PREFIX", "sluice/");

        assertThat(grant(settings, "{\"scope\":\"sluice/messages:read other/messages:write dead-letters:manage\"}")
                        .scopes())
                .containsExactly("messages:read");
        assertThat(grant(settings, "{\"scope\":\"\"}").lack()).isEqualTo("its scope must have sluice/");
        assertThat(grant(settings, "{}").lack())
                .isEqualTo(
                        "it has no claim scope or scp (AUTH_SCOPES_CLAIM can name another one), which must have sluice/");
    }
}
