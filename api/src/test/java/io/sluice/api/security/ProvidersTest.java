package io.sluice.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.settings.AuthSettings;
import io.sluice.settings.Environment;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokens as identity providers document that they make them, with the settings that docs/guides/authentication.md has for each. Header
 * and claims are theirs; times, keys and ids are made up.
 */
@Execution(ExecutionMode.CONCURRENT)
class ProvidersTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final String APP = "00001111-aaaa-2222-bbbb-3333cccc4444";

    private static KeyServer server;
    private static PublicJsonWebKey rsa;
    private static PublicJsonWebKey ed25519;

    /** A token as a provider makes it, the settings for it, and the scopes that it then has. */
    private record Token(
            String provider,
            Map<String, String> header,
            String claims,
            Map<String, String> settings,
            Set<String> allows) {
        @Override
        public String toString() {
            return provider;
        }
    }

    /** {@code NOW} and {@code SOON} stand for times. */
    private static final List<Token> TOKENS = List.of(
            new Token(
                    "Keycloak, client scopes",
                    Map.of("typ", "JWT"),
                    """
                    {"exp":SOON,"iat":NOW,"jti":"trrtcc:1","iss":"https://keycloak.example.com/realms/shop","aud":["sluice","account"],
                    "sub":"f1b7d2c0-6f6a-4a62-9f0e-6d3b7f2d8a11","typ":"Bearer","azp":"shop-frontend","sid":"1","acr":"1",
                    "realm_access":{"roles":["offline_access","default-roles-shop"]},"resource_access":{"account":{"roles":["manage-account"]}},
                    "scope":"openid profile messages:write","preferred_username":"alice"}""",
                    Map.of("AUTH_ISSUER", "https://keycloak.example.com/realms/shop", "AUTH_AUDIENCE", "sluice"),
                    Set.of("messages:write")),
            new Token(
                    "Keycloak, realm roles",
                    Map.of("typ", "JWT"),
                    """
                    {"exp":SOON,"iat":NOW,"iss":"https://keycloak.example.com/realms/shop","aud":["sluice","account"],"sub":"f1b7","typ":"Bearer",
                    "realm_access":{"roles":["offline_access","messages:read","messages:write"]},"scope":"openid dead-letters:manage"}""",
                    Map.of(
                            "AUTH_ISSUER", "https://keycloak.example.com/realms/shop",
                            "AUTH_AUDIENCE", "sluice",
                            "AUTH_SCOPES_CLAIM", "realm_access.roles"),
                    Set.of("messages:read", "messages:write")),
            new Token(
                    "Keycloak, roles of a client whose id has dots",
                    Map.of("typ", "JWT"),
                    """
                    {"exp":SOON,"iat":NOW,"iss":"https://keycloak.example.com/realms/shop","aud":"sluice.example.com","sub":"f1b7","typ":"Bearer",
                    "resource_access":{"sluice.example.com":{"roles":["messages:read"]},"account":{"roles":["messages:write"]}}}""",
                    Map.of(
                            "AUTH_ISSUER", "https://keycloak.example.com/realms/shop",
                            "AUTH_AUDIENCE", "sluice.example.com",
                            "AUTH_SCOPES_CLAIM", "resource_access.sluice.example.com.roles"),
                    Set.of("messages:read")),
            new Token(
                    "Entra ID v2, a user",
                    Map.of("typ", "JWT"),
                    """
                    {"aud":"APP","iss":"https://login.microsoftonline.com/TENANT/v2.0","iat":NOW,"nbf":NOW,"exp":SOON,"aio":"1","azp":"2","azpacr":"0",
                    "name":"Alice","oid":"3","preferred_username":"alice@example.com","rh":"4","scp":"messages:read messages:write",
                    "sub":"HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ","tid":"TENANT","uti":"5","ver":"2.0"}""",
                    Map.of(
                            "AUTH_ISSUER",
                            "https://login.microsoftonline.com/" + TENANT + "/v2.0",
                            "AUTH_AUDIENCE",
                            APP),
                    Set.of("messages:read", "messages:write")),
            new Token(
                    "Entra ID v2, an application",
                    Map.of("typ", "JWT"),
                    """
                    {"aud":"APP","iss":"https://login.microsoftonline.com/TENANT/v2.0","iat":NOW,"nbf":NOW,"exp":SOON,"azp":"2","azpacr":"1",
                    "idtyp":"app","oid":"3","roles":["messages:write"],"sub":"3","tid":"TENANT","uti":"5","ver":"2.0"}""",
                    Map.of(
                            "AUTH_ISSUER",
                            "https://login.microsoftonline.com/" + TENANT + "/v2.0",
                            "AUTH_AUDIENCE",
                            APP,
                            "AUTH_SCOPES_CLAIM",
                            "roles"),
                    Set.of("messages:write")),
            new Token(
                    "Entra ID v1",
                    Map.of("typ", "JWT", "x5t", "i6lGk3FZzxRcUb2C3nEQ7syHJlY"),
                    """
                    {"aud":"api://APP","iss":"https://sts.windows.net/TENANT/","iat":NOW,"nbf":NOW,"exp":SOON,"acr":"1","amr":["pwd"],"appid":"2",
                    "appidacr":"0","oid":"3","scp":"messages:read","sub":"l3_roISQU222bULS9yi2k0XpqpOiMz5H3ZACo1GeXA","tid":"TENANT","ver":"1.0"}""",
                    Map.of("AUTH_ISSUER", "https://sts.windows.net/" + TENANT + "/", "AUTH_AUDIENCE", "api://" + APP),
                    Set.of("messages:read")),
            new Token(
                    "Okta",
                    Map.of(),
                    """
                    {"ver":1,"jti":"AT.1","iss":"https://example.okta.com/oauth2/default","aud":"api://sluice","iat":NOW,"exp":SOON,
                    "cid":"0oabucvyc38HLL1ef0h7","uid":"00uixa271s6x7qt8I0h7","scp":["openid","messages:read"],"sub":"alice@example.com"}""",
                    Map.of("AUTH_ISSUER", "https://example.okta.com/oauth2/default", "AUTH_AUDIENCE", "api://sluice"),
                    Set.of("messages:read")),
            new Token(
                    "Auth0",
                    Map.of("typ", "JWT"),
                    """
                    {"iss":"https://example.auth0.com/","sub":"auth0|123456","aud":["https://sluice.example.com","https://example.auth0.com/userinfo"],
                    "azp":"my_client_id","exp":SOON,"iat":NOW,"scope":"openid profile messages:read"}""",
                    Map.of("AUTH_ISSUER", "https://example.auth0.com/", "AUTH_AUDIENCE", "https://sluice.example.com"),
                    Set.of("messages:read")),
            new Token(
                    "Auth0, permissions and the profile of RFC 9068",
                    Map.of("typ", "at+jwt"),
                    """
                    {"iss":"https://example.auth0.com/","sub":"auth0|123456","aud":"https://sluice.example.com","client_id":"my_client_id","jti":"1",
                    "exp":SOON,"iat":NOW,"scope":"openid","permissions":["messages:read","messages:write"]}""",
                    Map.of(
                            "AUTH_ISSUER", "https://example.auth0.com/",
                            "AUTH_AUDIENCE", "https://sluice.example.com",
                            "AUTH_SCOPES_CLAIM", "permissions"),
                    Set.of("messages:read", "messages:write")),
            new Token(
                    "Cognito",
                    Map.of(),
                    """
                    {"sub":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","cognito:groups":["testgroup"],"iss":"https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example",
                    "version":2,"client_id":"xxxxxxxxxxxxexample","token_use":"access","scope":"phone openid sluice/messages:write","auth_time":NOW,
                    "exp":SOON,"iat":NOW,"jti":"1","username":"alice"}""",
                    Map.of(
                            "AUTH_ISSUER", "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example",
                            "AUTH_AUDIENCE", "xxxxxxxxxxxxexample",
                            "AUTH_SCOPES_PREFIX", "sluice/"),
                    Set.of("messages:write")),
            new Token(
                    "Dex",
                    Map.of(),
                    """
                    {"iss":"https://dex.example.com/dex","sub":"CgcyMzQyNzQ5EgZnaXRodWI","aud":"sluice","exp":SOON,"iat":NOW,"at_hash":"bi96gOXZShvlWYtal9Eqiw",
                    "email":"jane.doe@example.com","email_verified":true,"groups":["admins","developers"],"name":"Jane Doe"}""",
                    Map.of(
                            "AUTH_ISSUER", "https://dex.example.com/dex",
                            "AUTH_AUDIENCE", "sluice",
                            "AUTH_DEFAULT_SCOPES", "messages:read,messages:write"),
                    Set.of("messages:read", "messages:write")),
            new Token(
                    "Better Auth",
                    Map.of("alg", "EdDSA"),
                    """
                    {"iat":NOW,"name":"Alice","email":"alice@example.com","emailVerified":true,"id":"Xy7","createdAt":"2026-01-01T00:00:00.000Z",
                    "sub":"Xy7","exp":SOON,"iss":"https://app.example.com","aud":"https://app.example.com"}""",
                    Map.of(
                            "AUTH_ISSUER", "https://app.example.com",
                            "AUTH_AUDIENCE", "https://app.example.com",
                            "AUTH_DEFAULT_SCOPES", "messages:write"),
                    Set.of("messages:write")),
            new Token(
                    "Google, which says who somebody is and not what that allows",
                    Map.of("typ", "JWT"),
                    """
                    {"iss":"https://accounts.google.com","azp":"1234987819200.apps.googleusercontent.com","aud":"1234987819200.apps.googleusercontent.com",
                    "sub":"10769150350006150715113082367","at_hash":"HK6E_P6Dh8Y93mRNtsDB1Q","hd":"example.com","email":"jsmith@example.com",
                    "email_verified":"true","iat":NOW,"exp":SOON,"nonce":"0394852-3190485-2490358"}""",
                    Map.of(
                            "AUTH_ISSUER", "https://accounts.google.com",
                            "AUTH_AUDIENCE", "1234987819200.apps.googleusercontent.com"),
                    Set.of()));

    @BeforeAll
    static void publish() throws IOException, JoseException {
        rsa = RsaJwkGenerator.generateJwk(2048);
        rsa.setKeyId("rsa");
        rsa.setUse("sig");
        ed25519 = OkpJwkGenerator.generateJwk("Ed25519");
        ed25519.setKeyId("ed25519");
        server = new KeyServer();
        server.publish(rsa, ed25519);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SecurityIdentity identity(Map<String, String> settings, Map<String, String> header, String claims) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("AUTH_JWKS_URL", server.url());
        AuthSettings checked = Environment.read(all::get, AuthSettings::withKey);
        KeySet keys = new KeySet(checked, Duration.ofMillis(10), Duration.ofSeconds(3));
        try {
            PublicJsonWebKey key = "EdDSA".equals(header.get("alg")) ? ed25519 : rsa;
            String algorithm = key == rsa ? "RS256" : "EdDSA";
            String token = Tokens.signed(dated(claims), algorithm, key.getPrivateKey(), key.getKeyId(), header);
            return new TokenVerifier(checked, keys, Clock.systemUTC())
                    .verify(token)
                    .await()
                    .atMost(SOON);
        } finally {
            keys.stop();
        }
    }

    private static String dated(String claims) {
        long now = Tokens.inSeconds(0).getValue();
        return claims.replace("NOW", Long.toString(now))
                .replace("SOON", Long.toString(now + 600))
                .replace("TENANT", TENANT)
                .replace("APP", APP);
    }

    static Stream<Token> tokens() {
        return TOKENS.stream();
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void aTokenAllowsWhatItsProviderSays(Token token) {
        // When
        SecurityIdentity identity = identity(token.settings(), token.header(), token.claims());

        // Then
        assertThat(Stream.of("messages:read", "messages:write", "dead-letters:manage")
                        .filter(scope -> Scopes.allows(identity, scope)))
                .containsExactlyInAnyOrderElementsOf(token.allows());
    }

    /** Cognito's and Keycloak's ID tokens are for the same client, and signed with the same keys. */
    @Test
    void whatIsNoAccessTokenIsRefusedWhereItSaysSo() {
        Map<String, String> settings =
                Map.of("AUTH_ISSUER", "https://i", "AUTH_AUDIENCE", "client", "AUTH_DEFAULT_SCOPES", "messages:read");
        String claims = """
                {"iss":"https://i","aud":"client","sub":"alice","exp":SOON,%s}""";

        assertRefused("token_use", settings, Map.of(), claims.formatted("\"token_use\":\"id\""));
        assertRefused("typ", settings, Map.of(), claims.formatted("\"typ\":\"ID\""));
        assertRefused("header typ", settings, Map.of("typ", "logout+jwt"), claims.formatted("\"x\":1"));
        assertThat(Scopes.allows(identity(settings, Map.of(), claims.formatted("\"x\":1")), "messages:read"))
                .isTrue();
    }

    /** A client's id stands for whom a token is for in Cognito's access tokens alone. */
    @Test
    void aTokenForNobodyIsRefused() {
        Map<String, String> settings = Map.of("AUTH_ISSUER", "https://i", "AUTH_AUDIENCE", "client");
        String claims =
                """
                {"iss":"https://i","sub":"alice","exp":SOON,"client_id":"%s","token_use":"%s"}""";

        assertThat(identity(settings, Map.of(), claims.formatted("client", "access")))
                .isNotNull();
        assertRefused("no aud", settings, Map.of(), claims.formatted("other", "access"));
        assertRefused("no aud", settings, Map.of(), claims.formatted("client", "other"));
    }

    private static void assertRefused(
            String naming, Map<String, String> settings, Map<String, String> header, String claims) {
        assertThatThrownBy(() -> identity(settings, header, claims))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(naming);
    }
}
