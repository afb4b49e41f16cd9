package io.sluice.api.tasks;

import static io.restassured.RestAssured.given;
import static io.sluice.api.tasks.TaskRequest.created;
import static io.sluice.api.tasks.TaskRequest.patch;
import static io.sluice.api.tasks.TaskRequest.post;
import static io.sluice.api.tasks.TaskRequest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class TaskLifecycleTest {

    private final AgroalDataSource pool;

    TaskLifecycleTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    @Test
    void aTaskIsMadeWithDefaultsAndReadAsItWasMade() {
        Response made = post("{'title':'Write to Ada'}");

        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("title", is("Write to Ada"))
                .body("description", nullValue())
                .body("due", nullValue())
                .body("priority", is("normal"))
                .body("tags", empty())
                .body("status", is("open"))
                .body("version", is(1))
                .body("completedAt", nullValue());
        Response read = given().get(made.header("Location"));
        assertThat(read.asString()).isEqualTo(made.asString());
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tasks", "/api/tasks"})
    void whatIsUnderOnePathIsUnderTheOtherAndLinksStayUnderIt(String path) {
        String location = given().contentType(ContentType.JSON)
                .body("{\"title\":\"twice\"}")
                .post(path)
                .then()
                .statusCode(201)
                .header("Location", matchesPattern(path + "/[0-9a-f-]{36}"))
                .extract()
                .header("Location");
        post("{'title':'another'}");

        String id = location.substring(location.lastIndexOf('/') + 1);
        given().get("/api/v1/tasks/" + id).then().statusCode(200).body("title", is("twice"));
        given().get("/api/tasks/" + id).then().statusCode(200).body("title", is("twice"));
        given().get(path + "?limit=1")
                .then()
                .header(
                        "Link",
                        matchesPattern("<" + path + "\\?cursor=[A-Za-z0-9_-]+&limit=1&sort=-created>; rel=\"next\""));
        given().post("/api/tasks/" + id + "/complete").then().statusCode(200);
        given().delete("/api/tasks/" + id).then().statusCode(204);
    }

    @Test
    void putReplacesTheContentAndEachChangeIsAVersion() {
        String task = created("{'title':'a','description':'b','due':'2026-12-01','priority':'high','tags':['x','y']}");

        put(task, "\"1\"", "{'title':'c'}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("title", is("c"))
                .body("description", nullValue())
                .body("due", nullValue())
                .body("priority", is("normal"))
                .body("tags", empty());
        put(task, "\"2\"", "{'title':'c'}").then().statusCode(200).header("ETag", "\"2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                              | 1 | a | b    | 2026-12-01 | high   | x,y",
                "{'title':'c'}                   | 2 | c | b    | 2026-12-01 | high   | x,y",
                "{'description':null}            | 2 | a |      | 2026-12-01 | high   | x,y",
                "{'due':null,'priority':null}    | 2 | a | b    |            | normal | x,y",
                "{'title':'\\ud83d\\ude00 \\u00e9'} | 2 | 😀 é | b | 2026-12-01 | high   | x,y",
                "{'tags':['z']}                  | 2 | a | b    | 2026-12-01 | high   | z",
                "{'tags':[],'due':'2027-01-01'}  | 2 | a | b    | 2027-01-01 | high   | ''"
            })
    void aPatchChangesWhatItNames(
            String json, int version, String title, String description, String due, String priority, String tags) {
        String task = created("{'title':'a','description':'b','due':'2026-12-01','priority':'high','tags':['x','y']}");

        patch(task, "\"1\"", json)
                .then()
                .statusCode(200)
                .header("ETag", "\"" + version + "\"")
                .body("title", is(title))
                .body("description", is(description))
                .body("due", is(due))
                .body("priority", is(priority))
                .body("tags", is(tags.isEmpty() ? List.of() : List.of(tags.split(","))));
    }

    @Test
    void aPatchThatWouldBreakAConstraintIsRefusedAndChangesNothing() {
        String task = created("{'title':'a'}");

        patch(task, "*", "{'title':null}").then().statusCode(400).body("violations.pointer", is(List.of("/title")));
        patch(task, "*", "{'status':'completed'}")
                .then()
                .statusCode(400)
                .body("violations.pointer", is(List.of("/status")));
        patch(task, "*", "{'title':'\\ud800'}")
                .then()
                .statusCode(400)
                .body("violations.pointer", is(List.of("/title")));
        patch(task, "*", "{'descripton':null,'':null}")
                .then()
                .statusCode(400)
                .body("violations.pointer", is(List.of("/descripton", "/")));
        given().get(task).then().body("version", is(1));
    }

    @Test
    void completingAndReopeningAreDoneOnce() {
        String task = created("{'title':'a'}");

        given().post(task + "/complete")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("status", is("completed"))
                .body("completedAt", notNullValue());
        String completed = given().get(task).asString();
        assertThat(given().post(task + "/complete").asString()).isEqualTo(completed);
        given().post(task + "/reopen")
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"")
                .body("status", is("open"))
                .body("completedAt", nullValue());
        given().post(task + "/reopen").then().header("ETag", "\"3\"");
        given().header("If-Match", "\"2\"").post(task + "/complete").then().statusCode(412);
    }

    @Test
    void whatIsDeletedIsGone() {
        String task = created("{'title':'a'}");

        given().header("If-Match", "\"2\"").delete(task).then().statusCode(412).header("ETag", "\"1\"");
        given().header("If-Match", "\"1\"").delete(task).then().statusCode(204);
        given().get(task).then().statusCode(404);
        given().delete(task).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1\"              | 304",
                "W/\"1\"            | 304",
                "\"0\", \"1\"       | 304",
                "\"\\\", \"1\"      | 304",
                ",\"a,b\" ,, W/\"1\" | 304",
                "*                  | 304",
                "\"2\"              | 200",
                "\"\\\", \"\\,1,\" | 200"
            })
    void whoeverHasItIsNotSentItAgain(String ifNoneMatch, int status) {
        String task = created("{'title':'a'}");

        given().header("If-None-Match", ifNoneMatch)
                .get(task)
                .then()
                .statusCode(status)
                .header("ETag", "\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "W/\"1\"", "\"\""})
    void aChangeOfAnotherVersionIsRefusedWithTheCurrentTag(String ifMatch) {
        String task = created("{'title':'a'}");

        for (Response refused : List.of(put(task, ifMatch, "{'title':'b'}"), patch(task, ifMatch, "{'title':'b'}"))) {
            refused.then().statusCode(412).header("ETag", "\"1\"").body("code", is("precondition-failed"));
        }
        put(task, "\"7\", \"1\"", "{'title':'b'}").then().statusCode(200);
    }

    @Test
    void ofTwoChangesOfOneVersionOneIsRefused() {
        for (int i = 0; i < 10; i++) {
            String task = created("{'title':'a'}");

            assertThat(atOnce(List.of(
                            () -> put(task, "\"1\"", "{'title':'b'}"), () -> put(task, "\"1\"", "{'title':'c'}"))))
                    .extracting(Response::statusCode)
                    .containsExactlyInAnyOrder(200, 412);
            given().get(task).then().body("version", is(2));
        }
    }

    @Test
    void oneKeyMakesOneTaskHoweverManySendItAtOnce() {
        String key = UUID.randomUUID().toString();
        String json = "{'title':'once','tags':['" + key.substring(0, 8) + "']}";

        List<Response> answers = atOnce(IntStream.range(0, 8)
                .<Supplier<Response>>mapToObj(i -> () -> post(key, json))
                .toList());

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers)
                .extracting(Response::asString)
                .containsOnly(answers.get(0).asString());
        TaskRequest.list("tag=" + key.substring(0, 8)).then().body("items.size()", is(1));
    }

    private static List<Response> atOnce(List<Supplier<Response>> requests) {
        return requests.stream().map(CompletableFuture::supplyAsync).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    @Test
    void aKeyGivesTheFirstAnswerWhateverHasBecomeOfTheTask() {
        String key = UUID.randomUUID().toString();
        Response first = post(key, "{'title':'a','tags':['x']}");
        String task = first.header("Location");

        put(task, "*", "{'title':'b'}").then().statusCode(200);
        Response afterChange = post(key, "{ 'tags':['x'], 'title':'a', 'due':null }");
        given().delete(task).then().statusCode(204);
        Response afterDelete = post(key, "{'title':'a','tags':['x']}");

        for (Response again : List.of(afterChange, afterDelete)) {
            again.then().statusCode(201).header("Location", task).header("ETag", "\"1\"");
            assertThat(again.asString()).isEqualTo(first.asString());
        }
        given().get(task).then().statusCode(404);
    }

    @Test
    void aKeyThatRetentionDeletesMeanwhileIsSentAgain() throws SQLException {
        // Given: what is inserted is not there, as if it were deleted before it is read
        execute(
                """
                create function vanish() returns trigger language plpgsql as $$ begin return null; end $$;
                create trigger vanish before insert on task_creations for each row execute function vanish()""");
        String key = UUID.randomUUID().toString();

        // When
        Response unknown = post(key, "{'title':'a'}");
        execute("drop function vanish cascade");

        // Then
        unknown.then().statusCode(503).body("detail", containsString("with the same Idempotency-Key"));
        post(key, "{'title':'a'}").then().statusCode(201);
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    @Test
    void anotherContentUnderAKeyIsRefused() {
        String key = UUID.randomUUID().toString();
        String id = post(key, "{'title':'a'}").path("id");

        post(key, "{'title':'b'}")
                .then()
                .statusCode(422)
                .body("code", is("idempotency-conflict"))
                .body("id", is(id));
    }
}
