package io.sluice.api.chat;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.sluice.testkit.SluiceServers;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ChatPlacesTest {

    private static ValidatableResponse ask() {
        return given().contentType(ContentType.JSON)
                .body(Map.of("question", "How much?"))
                .post("/api/v1/chat")
                .then();
    }

    /** More in a row than may be answered at a time, well and badly: none keeps its place. */
    @Test
    void aPlaceIsFreeAgainWhenTheAnswerEnds() {
        IntStream.range(0, 70).forEach(question -> ask().statusCode(200));
        IntStream.range(0, 70).forEach(question -> given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/chat")
                .then()
                .statusCode(400));

        ask().statusCode(200).body("found", is(false));
    }
}
