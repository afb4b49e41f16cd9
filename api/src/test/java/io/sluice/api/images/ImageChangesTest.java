package io.sluice.api.images;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.database.Sql;
import io.sluice.api.database.Texts;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.storage.ObjectStorage;
import io.sluice.storage.ListedObject;
import io.sluice.testkit.SluiceServers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ImageChangesTest {

    private static final UUID ID = UUID.fromString("019b7ca9-8f2e-7d42-9b6a-5e8f2c4d1a74");
    private static final String PATH = "/api/v1/images";
    private static final String IMAGE = PATH + "/" + ID;
    private static final byte[] PNG = TestImages.of("png", 77, 20, BufferedImage.TYPE_INT_RGB, false);

    private final AnalysedImages images;
    private final StoredDeadLetters tables;
    private final Sql sql;
    private final ObjectStorage storage;

    ImageChangesTest(AnalysedImages images, StoredDeadLetters tables, Sql sql, ObjectStorage storage) {
        this.images = images;
        this.tables = tables;
        this.sql = sql;
        this.storage = storage;
    }

    @BeforeEach
    void store() {
        tables.execute("delete from images");
        tables.execute("delete from jobs where subject = ?", ID);
        tables.execute("delete from outbox where aggregate = ?", ID.toString());
        images.store(ID);
    }

    @Test
    void anImageIsAnalysedAgainAndWhatWasFoundStaysMeanwhile() {
        // When
        Response ordered = given().post(IMAGE + "/detections");

        // Then
        ordered.then()
                .statusCode(202)
                .body("status", is("queued"))
                .body("version", is(3))
                .body("objectCount", is(3))
                .body("objects", nullValue());
        assertThat(texts("select state from jobs where subject = ?")).containsExactly("queued");
        assertThat(texts("select concat_ws(' ', job_id) from images where id = ?"))
                .isEqualTo(texts("select concat_ws(' ', id) from jobs where subject = ?"));
        given().get(IMAGE + "/objects").then().statusCode(200).body("items.id", is(List.of(1, 2, 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "running"})
    void anAnalysisThatIsUnderWayIsNotOrderedTwice(String status) {
        // Given
        tables.execute("update images set status = ? where id = ?", status, ID);
        int before = texts("select state from jobs where subject = ?").size();

        // When
        given().post(IMAGE + "/detections")
                .then()
                .statusCode(202)
                .body("status", is(status))
                .body("version", is(2));

        // Then
        assertThat(texts("select state from jobs where subject = ?")).hasSize(before);
    }

    private static Response order(String body) {
        return given().contentType("application/json").body(body).post(IMAGE + "/detections");
    }

    private String requested() {
        return texts("select concat_ws(' ', status, version, requested_detector) from images where id = ?")
                .get(0);
    }

    @Test
    void theDetectorOfTheLastOrderIsTheOneThatCounts() {
        order("{\"detector\":\"kserve\"}").then().statusCode(202).body("version", is(3));
        assertThat(requested()).isEqualTo("queued 3 kserve");

        // When: it is under way by this one, or no other is asked for
        order("{\"detector\":\"kserve\"}").then().statusCode(202);
        given().post(IMAGE + "/detections").then().statusCode(202);
        assertThat(requested()).isEqualTo("queued 3 kserve");

        // When: another one is asked for
        order("{\"detector\":\"builtin\"}").then().statusCode(202).body("status", is("queued"));

        // Then
        assertThat(requested()).isEqualTo("queued 4 builtin");
        assertThat(texts("select id::text from jobs where subject = ?")).hasSize(2);
        assertThat(texts("select 1 from jobs join images on job_id = jobs.id where images.id = ?"))
                .hasSize(1);
    }

    @Test
    void withoutADetectorItIsThatOfTheDeployment() {
        // Given
        tables.execute("update images set status = 'failed', requested_detector = 'kserve' where id = ?", ID);

        // When
        order("{}").then().statusCode(202);

        // Then
        assertThat(requested()).isEqualTo("queued 3");
    }

    @Test
    void theSameBytesAfterAFailureAreAnalysedByTheDetectorOfTheDeployment() {
        // Given
        given().contentType("image/png").body(PNG).post(PATH).then().statusCode(202);
        tables.execute("update images set status = 'failed', requested_detector = 'kserve' where width = 77");

        // When
        given().contentType("image/png").body(PNG).post(PATH).then().statusCode(200);

        // Then
        assertThat(count("select count(*) from images where width = 77 and status = 'queued'"
                        + " and requested_detector is null"))
                .isOne();
    }

    @Test
    void anImageIsDeletedWithItsBytesAndToldOf() throws IOException {
        // Given
        List<String> keys = texts("select unnest(array[storage_key, overlay_key, mask_key]) from images where id = ?");
        assertThat(stored()).containsAll(keys);

        // When
        given().delete(IMAGE).then().statusCode(204);

        // Then
        assertThat(stored()).doesNotContainAnyElementsOf(keys);
        assertThat(texts("select image_id::text from image_objects where image_id = ?"))
                .isEmpty();
        given().get(IMAGE).then().statusCode(404);
        given().delete(IMAGE).then().statusCode(404);
        assertThat(texts("select convert_from(record_value, 'UTF8') from outbox where aggregate = cast(? as text)"))
                .singleElement()
                .asString()
                .contains("{\"imageId\":\"%s\",\"version\":3,\"status\":\"deleted\"}".formatted(ID));
    }

    @Test
    void whoWaitsIsAnsweredWithTheObjectsOnceTheyAreFound() {
        // Given
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> given().header("Prefer", "wait=20")
                .contentType("image/png")
                .body(PNG)
                .post(PATH));
        await().until(() -> count("select count(*) from images where width = 77 and status = 'queued'") == 1);

        // When
        tables.execute(
                """
                with found as (
                    insert into image_objects select id, 1, 1, 2, 3, 4, 2, 2, 2, 3, 0.5 from images where width = 77)
                update images set status = 'done', analysed_at = now(), version = 2 where width = 77""");

        // Then
        answer.join()
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=20")
                .body("status", is("done"))
                .body("objectCount", is(1))
                .body("objects[0].bbox", is(List.of(1.0f, 2.0f, 3.0f, 4.0f)));
    }

    @Test
    void whoWaitsIsToldThatItFailed() {
        // Given
        tables.execute("update images set status = 'running' where id = ?", ID);
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> given().header("Prefer", "wait=20").get(IMAGE));

        // When
        tables.execute("update images set status = 'failed', reason = 'corrupt' where id = ?", ID);

        // Then
        answer.join().then().statusCode(200).body("status", is("failed")).body("reason", is("corrupt"));
    }

    @Test
    void whoWaitsForADeletedOneIsToldSo() {
        // Given
        tables.execute("update images set status = 'running' where id = ?", ID);
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> given().header("Prefer", "wait=20").get(IMAGE));

        // When
        given().delete(IMAGE).then().statusCode(204);

        // Then
        answer.join().then().statusCode(404);
    }

    @Test
    void whoHasWaitedLongEnoughIsAnsweredAllTheSame() {
        given().header("Prefer", "wait=1")
                .contentType("image/png")
                .body(PNG)
                .post(PATH)
                .then()
                .statusCode(202)
                .header("Preference-Applied", "wait=1")
                .body("status", is("queued"));
        given().header("Prefer", "wait=0").get(IMAGE).then().statusCode(200).body("objects.id", is(List.of(1, 2, 3)));
    }

    private List<String> texts(String query) {
        return Texts.of(sql, query, ID);
    }

    private long count(String query) {
        return sql.<Long>query(query, List.of(), rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    private List<String> stored() throws IOException {
        try (Stream<ListedObject> objects = storage.open().list("images")) {
            return objects.map(object -> object.key().value()).toList();
        }
    }
}
