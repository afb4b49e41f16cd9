package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";

    @Test
    void developmentIsOpenWithoutAKey() {
        assertThat(Environment.read(name -> null, AuthSettings::withKey).open()).isTrue();
        assertThat(Environment.read(Map.of("AUTH_SECRET", SECRET)::get, AuthSettings::withKey)
                        .open())
                .isFalse();
        assertThat(Environment.read(Map.of("BETTER_AUTH_SECRET", SECRET)::get, AuthSettings::withKey)
                        .secret())
                .contains(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "production"})
    void elsewhereAProgramThatIsReachedNeedsAKey(String environment) {
        // Given
        Map<String, String> set = Map.of("APP_ENV", environment);

        // When // Then
        assertThat(Environment.read(set::get, AuthSettings::new).open()).isTrue();
        assertThatThrownBy(() -> Environment.read(set::get, AuthSettings::withKey))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The configuration is wrong:\n  AUTH_SECRET or AUTH_JWKS_URL must be set except in development "
                                + "(APP_ENV); without a key the api would be open to everybody");
        assertThat(Environment.read(Map.of("APP_ENV", environment, "AUTH_SECRET", SECRET)::get, AuthSettings::withKey)
                        .open())
                .isFalse();
    }

    @Test
    void theMissingKeyIsNamedTogetherWithWhatElseIsWrong() {
        assertThatThrownBy(() -> Environment.check(
                        Map.of("APP_ENV", "production", "HTTP_PORT", "http")::get,
                        List.of(HttpSettings::new, AuthSettings::withKey)))
                .hasMessageContainingAll(
                        "\n  HTTP_PORT must be a port", "\n  AUTH_SECRET or AUTH_JWKS_URL must be set");
    }

    @Test
    void aSecretAndAKeySetExcludeEachOther() {
        // Given
        Map<String, String> set = keySet("https://login.example.com/jwks.json");
        set.put("AUTH_SECRET", SECRET);

        // When // Then
        assertThatThrownBy(() -> Environment.read(set::get, AuthSettings::new))
                .message()
                .endsWith("\n  AUTH_SECRET and AUTH_JWKS_URL must not both be set; leave one of them out")
                .doesNotContain(SECRET);
    }

    @Test
    void aKeySetNeedsAnIssuerAndAnAudience() {
        assertThatThrownBy(() -> Environment.read(
                        Map.of("AUTH_JWKS_URL", "https://login.example.com/jwks.json")::get, AuthSettings::new))
                .hasMessage("The configuration is wrong:"
                        + "\n  AUTH_ISSUER must be set with AUTH_JWKS_URL, whose keys also sign tokens for others"
                        + "\n  AUTH_AUDIENCE must be set with AUTH_JWKS_URL, whose keys also sign tokens for others");
    }

    @Test
    void aKeySetComesThroughTlsExceptInDevelopment() {
        // Given
        Map<String, String> set = keySet("http://login.example.com/jwks.json");

        // When // Then
        assertThat(Environment.read(set::get, AuthSettings::new).jwksUrl())
                .contains("http://login.example.com/jwks.json");
        set.put("APP_ENV", "production");
        assertThatThrownBy(() -> Environment.read(set::get, AuthSettings::new))
                .hasMessageContaining("\n  AUTH_JWKS_URL must be an https URL except in development");
        set.put("AUTH_JWKS_URL", "https://login.example.com/jwks.json");
        assertThat(Environment.read(set::get, AuthSettings::withKey).clockSkew())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login.example.com/jwks.json", "https://", "https://user:s3cret-s3cret@h/", "s3cret s3cret"})
    void aWrongUrlIsNotQuoted(String url) {
        assertThatThrownBy(() -> Environment.read(keySet(url)::get, AuthSettings::new))
                .message()
                .contains("\n  AUTH_JWKS_URL must be an http or https URL without a user")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short-s3cret", "31-characters-s3cret-31-characte"})
    void aSecretThatIsTooShortIsNotQuoted(String secret) {
        assertThatThrownBy(() -> Environment.read(
                        Map.of("AUTH_SECRET", secret.substring(0, secret.length() - 1))::get, AuthSettings::new))
                .message()
                .contains("AUTH_SECRET must be a secret of 32 to 1000 characters")
                .doesNotContain("s3cret");
    }

    private static Map<String, String> keySet(String url) {
        return new HashMap<>(
                Map.of("AUTH_JWKS_URL", url, "AUTH_ISSUER", "https://login.example.com/", "AUTH_AUDIENCE", "sluice"));
    }
}
