package io.sluice.api.http.features;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.sluice.testkit.SluiceServers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without messages, and with no Kafka at its address. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(FeaturesTest.None.class)
class FeaturesTest {

    public static final class None implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("FEATURES", "none", "KAFKA_BOOTSTRAP_SERVERS", "localhost:1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/messages",
                "/api/v1/messages/",
                "//api/v1/mess%61ges",
                "/api/v1/messages/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f",
                "/api/v1/messages/stream",
                "/api/v1/topics",
                "/api/v1/messages/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f/status",
                "/api/v1/dead-letters",
                "/api/v1/dead-letters/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f",
                "/api/v1/replays",
                "/api/v1/replays/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f",
                "/api/v1/tasks",
                "/api/tasks",
                "/api/tasks/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f",
                "/api/v1/images",
                "/api/v1/images/statistics",
                "/api/v1/images/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f",
                "/api/v1/documents",
                "/api/v1/documents/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f",
                "/api/v1/chat/sessions",
                "/api/v1/chat/sessions/62a6dc52-b23d-5d4c-8a3e-3a7a7a3d6f0f"
            })
    void whatIsDisabledIsAnsweredWithTheReason(String path) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("feature-disabled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/models/sluice"})
    void whatIsDisabledIsAnsweredToClientsOfOpenAiInTheirForm(String path) {
        given().get(path)
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body("error.code", equalTo("feature_disabled"));
    }

    @Test
    void anEventIsRefused() {
        given().contentType(ContentType.JSON)
                .body("{\"payload\":1}")
                .post("/api/v1/messages")
                .then()
                .statusCode(404)
                .body(
                        "detail",
                        equalTo(
                                "The feature messages is disabled in this deployment; its operator can add it to FEATURES."));
    }

    @Test
    void aNeighbouringPathIsMerelyUnknown() {
        given().get("/api/v1/messagesx").then().statusCode(404).body("code", equalTo("not-found"));
    }

    @Test
    void kafkaIsNotWaitedFor() {
        await().until(() -> given().get("/health/ready").statusCode() == 200);

        given().get("/health")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'kafka' }.data.detail", equalTo("not used: FEATURES has no messages"))
                .body("checks.find { it.name == 'database' }.data.detail", startsWith("schema version"))
                .body(
                        "checks.find { it.name == 'storage' }.data.detail",
                        equalTo("not used: FEATURES has neither images nor documents"));
    }

    @Test
    void theHomePageLeadsToNoneOfIt() {
        given().get("/").then().statusCode(200).body("resources", empty());
    }
}
