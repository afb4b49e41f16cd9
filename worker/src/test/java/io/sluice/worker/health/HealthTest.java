package io.sluice.worker.health;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class HealthTest {

    @Test
    void withoutAHandlerItIsIdleAndSaysSo() {
        await().untilAsserted(() -> given().get("/health")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body(
                        "checks.name.sort()",
                        is(List.of("database", "detector", "embedding", "jobs", "retrieval", "storage")))
                .body(
                        "checks.find { it.name == 'storage' }.data.detail",
                        is("not used: FEATURES has neither images nor documents"))
                .body(
                        "checks.find { it.name == 'retrieval' }.data.detail",
                        is("not used: FEATURES has no documents, or there is no WORKER_TOKEN"))
                .body(
                        "checks.find { it.name == 'jobs' }.data.detail",
                        is("idle: no feature that is enabled has jobs")));
    }

    @Test
    void itIsAtThePathOfOtherDeploymentsToo() {
        // When
        var health = given().get("/v1/health").then();

        // Then
        health.statusCode(200).body("checks.name", hasItem("database"));
    }
}
