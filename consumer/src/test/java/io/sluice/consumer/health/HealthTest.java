package io.sluice.consumer.health;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class HealthTest {

    private final AgroalDataSource pool;

    HealthTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    @Test
    void allIsWellAndPodAndVersionAreNamed() {
        await().untilAsserted(() -> given().get("/health")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body("'pod-name'", notNullValue())
                .body("version", matchesPattern("\\d+\\.\\d+\\.\\d+.*"))
                .body("checks.name.sort()", is(List.of("database", "intake", "loops", "outbox", "topics"))));
    }

    @Test
    void theLastMigrationIsNeeded() throws SQLException {
        // Given
        int last = lastMigration();

        try {
            // When
            execute("update flyway_schema_history set success = false where version = '%d'".formatted(last));

            // Then
            await().untilAsserted(() -> given().get("/health/ready")
                    .then()
                    .statusCode(503)
                    .body(
                            "checks.find { it.name == 'database' }.data.detail",
                            is("the schema has version %d, needed is %d; run init-job".formatted(last - 1, last))));
        } finally {
            execute("update flyway_schema_history set success = true");
        }
        await().untilAsserted(() -> given().get("/health/ready").then().statusCode(200));
    }

    private int lastMigration() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(version::int) from flyway_schema_history")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aDatabaseThatHangsIsToldWithinASecond() throws SQLException {
        // Given
        await().untilAsserted(() -> given().get("/health/ready").then().statusCode(200));

        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            // When
            connection.setAutoCommit(false);
            statement.execute("lock table flyway_schema_history in access exclusive mode");

            // Then
            // What was well stands for a second.
            await().untilAsserted(() -> given().get("/health/ready")
                    .then()
                    .time(lessThan(1_000L))
                    .statusCode(503)
                    .body("checks.find { it.name == 'database' }.data.detail", containsString("did not answer")));
            given().get("/health/live").then().time(lessThan(1_000L)).statusCode(200);
        }
        await().untilAsserted(() -> given().get("/health/ready").then().statusCode(200));
    }
}
