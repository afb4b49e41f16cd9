package io.sluice.api.messages;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Servers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** PostgreSQL can go away and come back. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class DatabaseAwayTest {

    Servers servers;

    @Test
    void postsGoOnReadsAreAnsweredWithTheReasonAndNoProbeFails() {
        // Given
        await().untilAsserted(() -> given().get("/health/ready").then().statusCode(200));

        // When
        servers.postgres().kill();

        // Then
        post().statusCode(202);
        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", UUID.randomUUID())
                .body("{\"payload\":1}")
                .post("/api/v1/messages")
                .then()
                .statusCode(202);
        given().get("/api/v1/messages")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("code", is("database-unavailable"));
        given().delete("/api/v1/messages?key=k")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", is("database-unavailable"))
                .body("detail", containsString("what is erased stays so"));
        for (String path : List.of("/redrive?key=k", "/" + UUID.randomUUID() + "/redrive")) {
            given().urlEncodingEnabled(false)
                    .post("/api/v1/dead-letters" + path)
                    .then()
                    .statusCode(503)
                    .body("code", is("database-unavailable"))
                    .body("detail", containsString("nothing was sent"));
        }
        given().get("/api/v1/tasks").then().statusCode(503).body("code", is("database-unavailable"));
        given().contentType(ContentType.JSON)
                .body("{\"query\":\"a\"}")
                .post("/api/v1/search")
                .then()
                .statusCode(503)
                .body("code", is("database-unavailable"));
        given().contentType(ContentType.JSON)
                .body("{\"title\":\"a\"}")
                .post("/api/v1/tasks")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", is("database-unavailable"))
                .body("detail", containsString("it is not known whether the task was changed"));
        given().get("/health/live").then().statusCode(200);
        given().get("/health/ready").then().statusCode(200);
        await().untilAsserted(
                        () -> given().get("/health").then().statusCode(503).body(containsString("PostgreSQL")));

        // When
        servers.postgres().start();

        // Then
        await().untilAsserted(() -> given().get("/api/v1/messages").then().statusCode(200));
        given().get("/api/v1/tasks").then().statusCode(200);
    }

    private static ValidatableResponse post() {
        return given().contentType(ContentType.JSON)
                .body("{\"payload\":1}")
                .post("/api/v1/messages")
                .then();
    }
}
