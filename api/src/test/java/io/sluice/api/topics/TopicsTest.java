package io.sluice.api.topics;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.TcpProxy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The topics of an installation whose consumer never ran, and whose Kafka can be cut off. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class TopicsTest {

    TcpProxy network;

    @Test
    void whatNobodyHasReadIsLag() {
        // Given
        await().untilAsserted(() -> given().contentType(ContentType.JSON)
                .body("{\"key\":\"topics\",\"payload\":1}")
                .post("/api/v1/messages")
                .then()
                .statusCode(202));

        // When, Then
        await().untilAsserted(() -> given().get("/api/v1/topics")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("items.name", contains("messages", "dead-letters"))
                .body("items.group", contains("sluice", "sluice-dead-letters"))
                .body("items[0].lag", greaterThan(0))
                .body("items[0].oldestUnreadTime", startsWith("20"))
                .body("items[0].oldestUnreadAgeSeconds", notNullValue())
                .body("items[0].retentionSeconds", greaterThan(0))
                .body("items[0].partitions.partition", hasSize(12))
                .body("items[1].lag", equalTo(0)));
    }

    @Test
    void whileKafkaIsAwayThatIsSaidInTime() {
        // Given
        network.stall();

        // When
        Response response = given().get("/api/v1/topics");
        network.heal();

        // Then
        response.then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("kafka-unavailable"));
        assertThat(response.timeIn(TimeUnit.MILLISECONDS)).isLessThan(6_000);
        await().untilAsserted(() -> given().get("/api/v1/topics").then().statusCode(200));
    }
}
