package io.sluice.api.tasks;

import static io.restassured.RestAssured.given;
import static io.sluice.api.tasks.TaskRequest.created;
import static io.sluice.api.tasks.TaskRequest.list;
import static io.sluice.api.tasks.TaskRequest.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.database.Sql;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.testkit.SluiceServers;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class TaskListTest {

    private final Sql sql;

    private final StoredDeadLetters tables;

    TaskListTest(Sql sql, StoredDeadLetters tables) {
        this.sql = sql;
        this.tables = tables;
    }

    @BeforeEach
    void deleteAll() {
        execute("delete from tasks returning 1");
    }

    private void execute(String statement) {
        sql.query(statement, List.of(), rows -> rows.next());
    }

    @ParameterizedTest
    @CsvSource({
        "created,   abcdef",
        "-created,  fedcba",
        "due,       dbfaec",
        "-due,      ceafbd",
        "priority,  bdacef",
        "-priority, fecadb"
    })
    void pagesMissAndRepeatNothingInEachOrder(String sort, String titles) {
        // Given
        post("{'title':'a','due':'2026-12-02'}");
        post("{'title':'b','due':'2026-12-01','priority':'low'}");
        post("{'title':'c'}");
        post("{'title':'d','due':'2026-11-30','priority':'low'}");
        post("{'title':'e','due':'2026-12-03','priority':'high'}");
        post("{'title':'f','due':'2026-12-01','priority':'high'}");

        // Then
        for (int limit : List.of(1, 2, 4, 6)) {
            assertThat(String.join("", all("limit=" + limit + "&sort=" + sort))).isEqualTo(titles);
        }
    }

    private static List<String> all(String query) {
        Response page = list(query);
        List<String> titles = new ArrayList<>(page.<List<String>>path("items.title"));
        while (page.header("Link") != null) {
            page = given().urlEncodingEnabled(false).get(page.header("Link").replaceAll("<(.*)>.*", "$1"));
            titles.addAll(page.path("items.title"));
        }
        page.then().statusCode(200).body("next", nullValue());
        return titles;
    }

    @ParameterizedTest
    @CsvSource({
        "status=open,                    abd",
        "status=completed,               c",
        "tag=x,                          ab",
        "tag=X,                          ''",
        "due_before=2026-12-02,          b",
        "due_before=2026-12-03,          ab",
        "q=letter,                       ac",
        "q=LETTER&tag=x,                 a",
        "q=50%25,                        d",
        "q=5_%25,                        ''",
        "q=!,                            d",
        "q=ada&sort=due,                 ab"
    })
    void whatPassesEveryFilterIsListed(String query, String titles) {
        post("{'title':'a','description':'A letter to Ada','due':'2026-12-02','tags':['x','y']}");
        post("{'title':'b','description':'ADA','due':'2026-12-01','tags':['x']}");
        String task = created("{'title':'c','description':'letters'}");
        given().post(task + "/complete").then().statusCode(200);
        post("{'title':'d','description':'50% of it!'}");

        List<String> listed = all(query);
        Collections.sort(listed);
        assertThat(String.join("", listed)).isEqualTo(titles);
    }

    /** Of which Java's lower case is another one than PostgreSQL's. */
    @ParameterizedTest
    @ValueSource(strings = {"ΟΔΟΣ", "İstanbul"})
    void aTextIsFoundByItself(String title) {
        post("{'title':'" + title + "'}");

        for (String text : List.of(title, title.substring(1))) {
            assertThat(all("q=" + URLEncoder.encode(text, UTF_8))).containsExactly(title);
        }
    }

    @Test
    void aCursorHoldsForItsFiltersAndItsOrderAlone() {
        post("{'title':'a'}");
        post("{'title':'b'}");
        String cursor = list("limit=1&status=open").path("next");

        list("limit=1&status=open&cursor=" + cursor).then().statusCode(200).body("items.title", is(List.of("a")));
        for (String other : List.of("q=a", "status=open&sort=due", "status=completed", "status=open&q=a")) {
            list("cursor=" + cursor + "&" + other)
                    .then()
                    .statusCode(400)
                    .body("violations[0].detail", containsString("another status, tag, due_before, q or sort"));
        }
    }

    @ParameterizedTest
    @CsvSource({"created", "-created", "due", "-due", "priority", "-priority"})
    void aCursorThatWasMadeUpIsAPlaceInTheList(String sort) {
        post("{'title':'a'}");
        post("{'title':'b'}");
        String cursor = list("limit=1&sort=" + sort).path("next");

        for (long position : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            for (long seq : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
                byte[] madeUp = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor))
                        .putLong(1, position)
                        .putLong(1 + Long.BYTES, seq)
                        .array();
                list("sort=" + sort + "&cursor=" + Base64.getUrlEncoder().encodeToString(madeUp))
                        .then()
                        .statusCode(200);
            }
        }
    }

    @Test
    void aFilterLooksAtSoManyTasksAndTheNextGoesOn() {
        // Given
        post("{'title':'needle'}");
        execute(
                """
                insert into tasks (id, owner, title, due, priority, tags, status, version, created_at, updated_at)
                select gen_random_uuid(), 'anonymous', 'hay', date '9999-12-31', 1, '{}', 'open', 1, now(), now()
                  from generate_series(1, %d) returning 1"""
                        .formatted(TaskRepository.MAX_SCANNED));

        // Then
        for (String sort : List.of("-created", "-due", "-priority")) {
            Response first = list("q=needle&sort=" + sort);
            first.then().statusCode(200).body("items", empty()).body("next", notNullValue());
            list("q=needle&sort=" + sort + "&cursor=" + first.path("next"))
                    .then()
                    .body("items.title", is(List.of("needle")))
                    .body("next", nullValue());
        }
    }

    @Test
    void eachOrderHasItsIndex() {
        execute(
                """
                insert into tasks (id, owner, title, due, priority, tags, status, version, created_at, updated_at)
                select gen_random_uuid(), 'o1', 'hay', date '2026-01-01' + i / 100, i % 3, '{}', 'open', 1,
                       now() + i * interval '1 s', now()
                  from generate_series(1, 10000) i returning 1""");

        tables.execute("analyze tasks");

        for (String column : List.of("created_at", "due", "priority")) {
            String plan = sql.query(
                    "explain select * from tasks where owner = 'o1' order by " + column + " desc, seq desc limit 50",
                    List.of(),
                    rows -> {
                        StringBuilder lines = new StringBuilder();
                        while (rows.next()) {
                            lines.append(rows.getString(1)).append('\n');
                        }
                        return lines.toString();
                    });
            assertThat(plan).contains("Index Scan Backward using tasks_by_").doesNotContain("Sort");
        }
    }

    @Test
    void nobodyElsesAreListed() {
        execute(
                """
                insert into tasks (id, owner, title, due, priority, tags, status, version, created_at, updated_at)
                values ('%s', '/bob', 'his', date '9999-12-31', 1, '{}', 'open', 1, now(), now()) returning 1"""
                        .formatted(UUID.randomUUID()));

        list("").then().statusCode(200).body("items", empty());
    }
}
