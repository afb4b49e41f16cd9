package io.sluice.api.http.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testkit.SluiceServers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class HomePageTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void aBrowserGetsAPageWhoseLinksLeadOn() {
        // When
        Response page = given().header("Accept", BROWSER).get("/");

        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).isEqualTo("text/html;charset=UTF-8");
        List<String> links = Pattern.compile("href=\"([^\"]+)\"")
                .matcher(page.asString())
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links).containsExactly("docs/", "openapi", "health");
        assertThat(links).allSatisfy(link -> given().get("/" + link).then().statusCode(200));
    }

    @Test
    void theStyleOfThePageIsTheOneThatItsPolicyAllows() throws Exception {
        // Given
        Response page = given().header("Accept", BROWSER).get("/");
        String html = page.asString();

        // When
        String style = html.substring(html.indexOf("<style>") + "<style>".length(), html.indexOf("</style>"));

        // Then
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "'; ");
    }

    @Test
    void anotherClientGetsTheLinksAsJson() {
        given().get("/")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Vary", equalTo("accept"))
                .header("Content-Security-Policy", equalTo("default-src 'none'; frame-ancestors 'none'"))
                .body("documentation", equalTo("docs/"))
                .body("openapi", equalTo("openapi"))
                .body("health", equalTo("health"))
                .body("resources", hasItems("api/v1/dead-letters", "api/v1/messages"));
    }

    @Test
    void itIsOnlyRead() {
        given().post("/").then().statusCode(405).header("Allow", equalTo("GET, HEAD, OPTIONS"));
        given().get("/nothing").then().statusCode(404);
    }
}
