package io.sluice.api.images;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.testkit.SluiceServers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The counts that the consumer keeps, as the owner of the images reads them. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ImageStatisticsTest {

    private static final String STATISTICS = "/api/v1/images/statistics";

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final StoredDeadLetters tables;

    ImageStatisticsTest(StoredDeadLetters tables) {
        this.tables = tables;
    }

    @AfterEach
    void clear() {
        tables.execute("delete from image_statistics");
    }

    private void count(String owner, int daysAgo, long images, long objects) {
        tables.execute(
                "insert into image_statistics values (?, ?, ?, ?)", owner, today.minusDays(daysAgo), images, objects);
    }

    @Test
    void aCallerWithoutImagesHasNone() {
        // Given
        count("/bob", 0, 3, 4);

        // When, Then
        given().get(STATISTICS)
                .then()
                .statusCode(200)
                .body("images", is(0))
                .body("objects", is(0))
                .body("days", empty());
    }

    @Test
    void allIsCountedAndTheLastDaysAreToldOfOneByOne() {
        // Given
        count("anonymous", 0, 3, 61);
        count("anonymous", 29, 17, 0);
        count("anonymous", 30, 100, 2_330);
        count("/bob", 0, 1_000, 1_000);

        // When, Then
        given().get(STATISTICS)
                .then()
                .statusCode(200)
                .body("images", is(120))
                .body("objects", is(2_391))
                .body(
                        "days.day",
                        is(List.of(today.toString(), today.minusDays(29).toString())))
                .body("days.images", is(List.of(3, 17)))
                .body("days.objects", is(List.of(61, 0)));
    }

    @Test
    void asManyDaysAreToldOfAsAreAskedFor() {
        // Given: a day ahead, as by the clock of a worker that is fast
        for (int daysAgo = -1; daysAgo < 400; daysAgo++) {
            count("anonymous", daysAgo, 1, 2);
        }

        // When, Then
        given().get(STATISTICS + "?days=1").then().body("days.day", is(List.of(today.toString())));
        given().get(STATISTICS + "?days=366")
                .then()
                .body("images", is(401))
                .body("objects", is(802))
                .body("days", hasSize(366))
                .body("days[0].day", is(today.toString()));
    }
}
