package io.sluice.api.http.request;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.OtherSettings;
import io.sluice.api.messages.Rows;
import io.sluice.api.publishing.Topics;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(OtherSettings.class)
class ProxiesTest {

    private static final Pattern DOCUMENT = Pattern.compile("url: '([^']+)'");
    private static final Pattern REFRESH = Pattern.compile("content=\"0; url=([^\"]+)\"");

    private final Topics topics;
    private final Rows rows;

    ProxiesTest(Topics topics, Rows rows) {
        this.rows = rows;
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    private static RequestSpecification event() {
        return given().contentType(ContentType.JSON).body("{\"payload\":1}");
    }

    /** Without what holds answers against the document, which knows nothing of prefixes in paths. */
    private static RequestSpecification through() {
        return given().noFilters();
    }

    @Test
    void aPageOfOursIsOneThroughAProxyThatEndsTlsAndTakesAPrefixAway() {
        try (ReverseProxy proxy = new ReverseProxy(
                RestAssured.port,
                "/sluice",
                Map.of(
                        "X-Forwarded-Proto", "https",
                        "X-Forwarded-Host", "api.example.com",
                        "X-Forwarded-Port", "443",
                        "X-Forwarded-Prefix", "/sluice"))) {
            // When
            Response posted = through()
                    .contentType(ContentType.JSON)
                    .body("{\"payload\":1}")
                    .port(proxy.port())
                    .header("Origin", "https://api.example.com")
                    .post("/sluice/api/v1/messages");
            Response other = through()
                    .contentType(ContentType.JSON)
                    .body("{\"payload\":1}")
                    .port(proxy.port())
                    .header("Origin", "https://evil.example.com")
                    .post("/sluice/api/v1/messages");

            // Then
            assertThat(posted.statusCode()).isEqualTo(202);
            assertThat(posted.header("Location")).isEqualTo("/sluice/api/v1/messages/" + posted.path("id"));
            assertThat(other.statusCode()).isEqualTo(403);
        }
    }

    /** With nothing but relative references: whatever the api is told of the proxy. */
    @Test
    void swaggerUiFindsItsDocumentBehindAPrefix() {
        try (ReverseProxy proxy = new ReverseProxy(RestAssured.port, "/sluice", Map.of())) {
            // Given
            URI asked = URI.create("http://127.0.0.1:" + proxy.port() + "/sluice/docs");

            // When
            Response sentOn = through().redirects().follow(false).get(asked);
            Matcher refresh = REFRESH.matcher(sentOn.asString());
            assertThat(refresh.find()).isTrue();
            URI page = asked.resolve(refresh.group(1));
            Matcher document = DOCUMENT.matcher(through().get(page).asString());

            // Then
            assertThat(sentOn.statusCode()).isEqualTo(200);
            assertThat(page.getPath()).isEqualTo("/sluice/docs/");
            assertThat(document.find()).isTrue();
            URI described = page.resolve(document.group(1));
            assertThat(described.getPath()).isEqualTo("/sluice/openapi");
            assertThat(described
                            .resolve(through()
                                    .accept("application/json")
                                    .get(described)
                                    .<String>path("servers[0].url"))
                            .getPath())
                    .isEqualTo("/sluice/");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Origin: https://localhost:PORT | X-Forwarded-Proto: https",
                "Origin: https://api.example.com | X-Forwarded-Proto: https; X-Forwarded-Host: api.example.com",
                "Origin: https://api.example.com | X-Forwarded-Proto: https, http; X-Forwarded-Host:"
                        + " API.example.com:443, inner",
                "Origin: https://api.example.com:8443 | X-Forwarded-Proto: https; X-Forwarded-Host:"
                        + " api.example.com:8443; X-Forwarded-Port: 443",
                "Origin: https://api.example.com:8443 | X-Forwarded-Proto: https; X-Forwarded-Host: api.example.com;"
                        + " X-Forwarded-Port: 8443",
                "Origin: http://api.example.com | X-Forwarded-Proto: http; X-Forwarded-Host: api.example.com;"
                        + " X-Forwarded-Port: 80",
                "Origin: https://api.example.com | Forwarded: for=192.0.2.1~proto=https~host=\"api.example.com\""
            })
    void theOriginIsWhatTheProxySays(String origin, String headers) {
        assertThat(send(origin, headers).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Origin: https://api.example.com | X-Forwarded-Proto: https",
                "Origin: https://api.example.com | X-Forwarded-Host: api.example.com",
                "Origin: https://api.example.com | X-Forwarded-Proto: http; X-Forwarded-Host: api.example.com",
                "Origin: https://api.example.com | X-Forwarded-Proto: https; X-Forwarded-Host: api.example.com:8443",
                "Origin: javascript://a | X-Forwarded-Proto: javascript; X-Forwarded-Host: a",
                "Origin: https://a b | X-Forwarded-Proto: https; X-Forwarded-Host: a b",
                "Origin: https://[ | X-Forwarded-Proto: https; X-Forwarded-Host: [",
                "Origin: https://a | X-Forwarded-Proto: ; X-Forwarded-Host: a",
                "Origin: https://a | X-Forwarded-Proto: ,; X-Forwarded-Host: ,",
                "Origin: https://a:99999 | X-Forwarded-Proto: https; X-Forwarded-Host: a:99999",
                "Origin: https://a | Forwarded: proto=https~host=",
                "Origin: null | X-Forwarded-Proto: https; X-Forwarded-Host: null"
            })
    void whatIsNotTheOriginOrMalformedIsRefused(String origin, String headers) {
        assertThat(send(origin, headers).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/sluice        | /sluice",
                "/sluice/       | /sluice",
                "/a/b.c-d_e~f   | /a/b.c-d_e~f",
                "/a, /b         | /a",
                "/              | ``",
                "sluice         | ``",
                "//evil.example | ``",
                "/a//b          | ``",
                "/a?b           | ``",
                "/a b           | ``",
                "/a%0d%0aX: y   | ``",
                "https://evil   | ``"
            },
            quoteCharacter = '`')
    void thePrefixStandsBeforeWhatClientsAreTold(String said, String prefix) {
        // When
        Response answer = event().header("X-Forwarded-Prefix", said).post("/api/v1/messages");

        // Then
        assertThat(answer.header("Location")).isEqualTo(prefix + "/api/v1/messages/" + answer.path("id"));
    }

    @Test
    void thePrefixStandsBeforeTheNextPage() {
        // Given
        rows.store(Events.with().build());
        rows.store(Events.with().build());

        // When
        Response page = given().header("X-Forwarded-Prefix", "/sluice").get("/api/v1/messages?limit=1");

        // Then
        assertThat(page.header("Link")).startsWith("</sluice/api/v1/messages?cursor=");
    }

    /** Nor does an answer stay away, whatever a proxy passes on. */
    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For: ,", "X-Forwarded-Port: 99999999999", "Forwarded: ;;=", "X-Forwarded-Host: ["})
    void nothingElseFollowsFromThem(String header) {
        String[] field = header.split(": ", 2);

        assertThat(given().header(field[0], field[1]).get("/health/live").statusCode())
                .isEqualTo(200);
    }

    private static Response send(String origin, String headers) {
        RequestSpecification request = event().header(
                        "Origin",
                        origin.substring("Origin: ".length()).replace("PORT", Integer.toString(RestAssured.port)));
        for (String header : headers.split("; ", -1)) {
            String[] field = header.split(": ?", 2);
            request.header(field[0], field[1].replace('~', ';'));
        }
        return request.post("/api/v1/messages");
    }
}
