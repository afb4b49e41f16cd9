package io.sluice.api.http.filters;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testkit.SluiceServers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class SecurityHeadersTest {

    private static final Pattern SCRIPT = Pattern.compile("<script(?: defer)?>(.*?)</script>", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "GET,     /api/v1/messages, 200",
        "PUT,  /api/v1/messages, 405",
        "OPTIONS, /api/v1/messages, 204",
        "GET,     /api/v1/nothing,  404",
        "GET,     /health,          200",
        "GET,     /api/health,      200",
        "GET,     /openapi,         200",
        "GET,     /problems/not-found.md, 200",
    })
    void everyAnswerForbidsBrowsersWhatTheyNeedNot(String method, String path, int status) {
        Response answer = given().urlEncodingEnabled(false).request(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo(SecurityHeaders.POLICY);
        assertThat(answer.header("Server")).isNull();
        assertThat(answer.header("Strict-Transport-Security"))
                .as("over plain HTTP it has no meaning")
                .isNull();
    }

    @Test
    void whatIsAnsweredUnderApiIsNotKept() {
        assertThat(given().get("/api/v1/messages").header("Cache-Control")).isEqualTo("no-store");
        assertThat(given().get("/api/v1/messages/x").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void thePolicyOfDocsNamesTheScriptsInItsPage() {
        // Given
        Response page = given().get("/docs/");

        // When
        var hashes = SCRIPT.matcher(page.asString())
                .results()
                .map(SecurityHeadersTest::hash)
                .toList();

        // Then
        assertThat(hashes).hasSize(2);
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo(SecurityHeaders.POLICY_OF_DOCS)
                .contains(hashes)
                .doesNotContain("unsafe");
    }

    private static String hash(MatchResult script) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
