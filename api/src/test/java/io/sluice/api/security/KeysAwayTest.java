package io.sluice.api.security;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SluiceServers.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = KeysAwayTest.Issuer.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class KeysAwayTest {

    /** Is away when the program starts. */
    public static final class Issuer implements QuarkusTestResourceLifecycleManager {

        private KeyServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = new KeyServer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.goAway();
            return Map.of(
                    "AUTH_JWKS_URL", server.url(), "AUTH_ISSUER", Tokens.ISSUER, "AUTH_AUDIENCE", Tokens.AUDIENCE);
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(server, field -> field.getType().equals(KeyServer.class));
        }

        @Override
        public void stop() {
            server.close();
        }
    }

    private KeyServer server;

    @Test
    void theApiIsNotReadyAndSaysWhyUntilTheKeysAreThere() throws IOException {
        // Given
        PublicJsonWebKey key = KeyServer.key("1");
        server.publish(key);

        // When
        post(key)
                .statusCode(503)
                .header("Retry-After", "1")
                .body("code", equalTo("keys-unavailable"))
                .body("detail", startsWith("Tokens cannot be checked for the moment (AUTH_JWKS_URL cannot be read: "));
        given().get("/health/ready")
                .then()
                .statusCode(503)
                .body("checks.data.detail", hasItem(containsString("AUTH_JWKS_URL cannot be read: ")));
        server.comeBack();

        // Then
        await().untilAsserted(() -> given().get("/health/ready").then().statusCode(200));
        post(key).statusCode(202);
    }

    private static ValidatableResponse post(PublicJsonWebKey key) {
        return given().header("Authorization", "Bearer " + Tokens.signed(key, "ES256"))
                .contentType(ContentType.JSON)
                .body("{\"payload\":1}")
                .post("/api/v1/messages")
                .then();
    }
}
