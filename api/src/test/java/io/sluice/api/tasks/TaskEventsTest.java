package io.sluice.api.tasks;

import static io.restassured.RestAssured.given;
import static io.sluice.api.tasks.TaskRequest.patch;
import static io.sluice.api.tasks.TaskRequest.post;
import static io.sluice.api.tasks.TaskRequest.put;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.database.Sql;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each version of a task has its event, in the order of the versions, and nothing else has one. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class TaskEventsTest {

    private final Sql sql;
    private final AgroalDataSource pool;

    TaskEventsTest(Sql sql, AgroalDataSource pool) {
        this.sql = sql;
        this.pool = pool;
    }

    /** Type, owner and payload of each. */
    private List<String> events(String id) {
        return sql.query(
                """
                select convert_from(header_values[array_position(header_keys, 'ce_type')], 'UTF8')
                       || ' ' || convert_from(header_values[array_position(header_keys, 'ce_owner')], 'UTF8')
                       || ' ' || convert_from(record_value, 'UTF8')
                  from outbox where aggregate = ? order by seq""",
                List.of(id),
                rows -> {
                    List<String> events = new ArrayList<>();
                    while (rows.next()) {
                        events.add(rows.getString(1));
                    }
                    return events;
                });
    }

    private static String event(String type, String id, int version, String status) {
        return "%s anonymous {\"taskId\":\"%s\",\"version\":%d,\"status\":\"%s\"}".formatted(type, id, version, status);
    }

    @Test
    void eachChangeThatChangesSomethingHasOne() {
        // Given
        String key = UUID.randomUUID().toString();
        Response made = post(key, "{'title':'a'}");
        String task = made.header("Location");
        String id = made.path("id");

        // When
        post(key, "{'title':'a'}").then().statusCode(201);
        post(key, "{'title':'b'}").then().statusCode(422);
        put(task, "\"1\"", "{'title':'a'}").then().statusCode(200);
        put(task, "\"1\"", "{'title':'b'}").then().statusCode(200);
        put(task, "\"1\"", "{'title':'c'}").then().statusCode(412);
        patch(task, "\"2\"", "{'title':null}").then().statusCode(400);
        patch(task, "\"2\"", "{'tags':['x']}").then().statusCode(200);
        given().post(task + "/complete").then().statusCode(200);
        given().post(task + "/complete").then().statusCode(200);
        given().post(task + "/reopen").then().statusCode(200);
        given().delete(task).then().statusCode(204);
        given().delete(task).then().statusCode(404);

        // Then
        assertThat(events(id))
                .containsExactly(
                        event("task.created", id, 1, "open"),
                        event("task.updated", id, 2, "open"),
                        event("task.updated", id, 3, "open"),
                        event("task.completed", id, 4, "completed"),
                        event("task.reopened", id, 5, "open"),
                        event("task.deleted", id, 6, "deleted"));
    }

    @Test
    void noChangeIsMadeWhoseEventWouldHaveToWaitBehindAMillionOthers() throws SQLException {
        // Given
        String task = post(UUID.randomUUID().toString(), "{'title':'a'}").header("Location");
        for (int events = 0; events <= 1_000_000; events += 50_000) {
            execute(
                    """
                    insert into outbox (aggregate, event_id, record_key, record_value, header_keys, header_values)
                    select 'backlog', gen_random_uuid(), '', '', '{}', '{}' from generate_series(1, 50000)""");
        }

        // When
        await().until(() -> post(UUID.randomUUID().toString(), "{'title':'a'}").statusCode() == 503);
        Response refused = patch(task, "\"1\"", "{'title':'b'}");
        Response kept = given().get(task);
        execute("truncate outbox");
        await().until(() -> post(UUID.randomUUID().toString(), "{'title':'a'}").statusCode() == 201);

        // Then
        refused.then().statusCode(503).header("Retry-After", "10").body("code", is("overloaded"));
        kept.then().statusCode(200).header("ETag", "\"1\"").body("title", is("a"));
        patch(task, "\"1\"", "{'title':'b'}").then().statusCode(200);
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }
}
