package io.sluice.api.tasks;

import static io.restassured.RestAssured.given;
import static io.sluice.api.tasks.TaskRequest.patch;
import static io.sluice.api.tasks.TaskRequest.post;
import static io.sluice.api.tasks.TaskRequest.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.database.Sql;
import io.sluice.testkit.SluiceServers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each version of a task has its event, in the order of the versions, and nothing else has one. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class TaskEventsTest {

    private final Sql sql;

    TaskEventsTest(Sql sql) {
        this.sql = sql;
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
}
