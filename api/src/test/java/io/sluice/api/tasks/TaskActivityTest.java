package io.sluice.api.tasks;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The history of a task, of which the consumer makes a row for each version. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class TaskActivityTest {

    private final AgroalDataSource database;

    TaskActivityTest(AgroalDataSource database) {
        this.database = database;
    }

    private void store(String task, String owner, int version, String type, String status) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        """
                        insert into task_activity (task_id, version, type, status, owner, event_id, time)
                        values (?::uuid, ?, ?, ?, ?, gen_random_uuid(), now())""")) {
            insert.setString(1, task);
            insert.setInt(2, version);
            insert.setString(3, type);
            insert.setString(4, status);
            insert.setString(5, owner);
            insert.executeUpdate();
        }
    }

    private static String path(String id) {
        return TaskRequest.PATH + "/" + id + "/activity";
    }

    @Test
    void aTaskThatNothingIsKnownOfYetHasNone() {
        String task = TaskRequest.created("{'title':'a'}");

        given().get(task + "/activity")
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("next", nullValue());
    }

    @Test
    void changesAreListedNewestFirstAPageAtATime() throws SQLException {
        // Given: of a task that is gone
        String id = UUID.randomUUID().toString();
        store(id, "anonymous", 1, "task.created", "open");
        store(id, "anonymous", 2, "task.completed", "completed");
        store(id, "anonymous", 3, "task.deleted", "deleted");

        // Then
        given().get(path(id) + "?limit=2")
                .then()
                .statusCode(200)
                .body("items.version", contains(3, 2))
                .body("items.type", contains("task.deleted", "task.completed"))
                .body("items.status", contains("deleted", "completed"))
                .body("next", is(2));
        given().get("/api/tasks/" + id + "/activity?limit=2&before=2")
                .then()
                .statusCode(200)
                .body("items.version", contains(1))
                .body("next", nullValue());
    }

    @Test
    void anothersIsNotFound() throws SQLException {
        String id = UUID.randomUUID().toString();
        store(id, "https://id.example.com/bob", 1, "task.created", "open");

        given().get(path(id)).then().statusCode(404).body("code", is("not-found"));
    }

    @ParameterizedTest
    @CsvSource({"before=0, before", "before=x, before", "limit=101, limit", "cursor=a, cursor"})
    void whatIsWrongIsNamed(String query, String parameter) {
        given().get(path(UUID.randomUUID().toString()) + "?" + query)
                .then()
                .statusCode(400)
                .body("violations.parameter", contains(parameter));
    }
}
