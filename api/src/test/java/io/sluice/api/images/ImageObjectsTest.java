package io.sluice.api.images;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ImageObjectsTest {

    private static final UUID ID = UUID.fromString("019b7ca9-8f2e-7d42-9b6a-5e8f2c4d1a73");
    private static final String OBJECTS = "/api/v1/images/" + ID + "/objects";

    private final AnalysedImages images;
    private final StoredDeadLetters tables;

    ImageObjectsTest(AnalysedImages images, StoredDeadLetters tables) {
        this.images = images;
        this.tables = tables;
    }

    @BeforeEach
    void store() {
        images.store(ID);
    }

    @Test
    void theyAreListedByTheirNumbers() {
        given().get(OBJECTS)
                .then()
                .statusCode(200)
                .body("bboxFormat", is("xywh"))
                .body("items.id", is(List.of(1, 2, 3)))
                .body("items[1].bbox", is(List.of(20.0f, 5.0f, 8.0f, 8.0f)))
                .body("items[1].score", is(0.5f))
                .body("next", nullValue());
    }

    @Test
    void boxesAreInTheFormatThatIsAskedFor() {
        given().get(OBJECTS + "?bbox_format=xyxy")
                .then()
                .body("bboxFormat", is("xyxy"))
                .body("items[1].bbox", is(List.of(20.0f, 5.0f, 28.0f, 13.0f)));
        given().get(OBJECTS + "/2?bbox_format=xyxy").then().body("bbox", is(List.of(20.0f, 5.0f, 28.0f, 13.0f)));
        given().get(OBJECTS + "?bbox_format=yolo")
                .then()
                .statusCode(400)
                .body("violations[0].detail", is("must be one of xywh, xyxy"));
    }

    @Test
    void pagesMissAndRepeatNothing() {
        given().get(OBJECTS + "?limit=2")
                .then()
                .body("items.id", is(List.of(1, 2)))
                .body("next", is(2));
        given().get(OBJECTS + "?limit=2&after=2")
                .then()
                .body("items.id", is(List.of(3)))
                .body("next", nullValue());
    }

    @Test
    void oneIsReadWithAllThatIsKnownOfIt() {
        given().get(OBJECTS + "/2")
                .then()
                .statusCode(200)
                .body("id", is(2))
                .body("bbox", is(List.of(20.0f, 5.0f, 8.0f, 8.0f)))
                .body("centroid.x", is(24.0f))
                .body("centroid.y", is(9.0f))
                .body("radius", is(4.0f))
                .body("area", is(50.25f))
                .body("score", is(0.5f))
                .body("detector.name", is("builtin"))
                .body("detector.version", is("1"));
    }

    @Test
    void whatIsNotThereIsSaid() {
        given().get(OBJECTS + "/4").then().statusCode(404).body("detail", containsString("no object of this id"));
        given().get(OBJECTS + "/x").then().statusCode(400).body("violations[0].parameter", is("object"));
        tables.execute("update images set owner = '/bob' where id = ?", ID);
        given().get(OBJECTS).then().statusCode(404).body("detail", containsString("no image of this id"));
        tables.execute("delete from images where id = ?", ID);
    }
}
