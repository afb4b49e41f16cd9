package io.sluice.api.images;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.settings.StorageSettings;
import io.sluice.settings.StorageUrl;
import io.sluice.testkit.SluiceServers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ImagesTest {

    private static final String PATH = "/api/v1/images";

    private final StoredDeadLetters tables;
    private final StorageSettings settings;

    ImagesTest(StoredDeadLetters tables, StorageSettings settings) {
        this.tables = tables;
        this.settings = settings;
    }

    @BeforeEach
    void deleteAll() {
        tables.execute("delete from images");
    }

    @Test
    void anImageIsTakenAndReadBack() throws Exception {
        // Given
        byte[] png = png(30);

        // When
        Response uploaded = upload(png);

        // Then
        String image = uploaded.then()
                .statusCode(202)
                .header("Location", is(PATH + "/" + uploaded.path("id")))
                .extract()
                .header("Location");
        Response read = given().get(image);
        assertThat(read.asString()).isEqualTo(uploaded.asString());
        read.then()
                .statusCode(200)
                .body("status", is("queued"))
                .body("reason", nullValue())
                .body("objectCount", nullValue())
                .body("format", is("png"))
                .body("bytes", is(png.length))
                .body(
                        "sha256",
                        is(HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(png))))
                .body("width", is(30))
                .body("height", is(20))
                .body("version", is(1))
                .body("analysedAt", nullValue());
    }

    @Test
    void theSameBytesAreOneImageHoweverTheyAreSent() {
        // Given
        String id = upload(png(30)).then().statusCode(202).extract().path("id");

        // When, Then
        given().multiPart("note", "first")
                .multiPart("file", "../../coins.jpg", png(30), "image/jpeg")
                .post(PATH)
                .then()
                .statusCode(200)
                .header("Location", endsWith("/" + id))
                .body("id", is(id))
                .body("format", is("png"));
    }

    @Test
    void whatTheWorkerHasWrittenIsShown() {
        // Given
        String image = upload(png(30)).header("Location");
        UUID id = UUID.fromString(image.replaceFirst(".*/", ""));

        // When
        tables.execute("update images set status = 'done', version = 2, analysed_at = now() where id = ?", id);
        tables.execute(
                "insert into image_objects select ?, n, 1, 1, 2, 2, 2, 2, 1, 3, 0.5 from generate_series(1, 3) n", id);

        // Then
        given().get(image)
                .then()
                .body("status", is("done"))
                .body("objectCount", is(3))
                .body("version", is(2));
    }

    @Test
    void bytesThatAreLostAreSaidAndUploadedAgain() throws IOException {
        // Given
        byte[] png = png(33);
        String image = upload(png).header("Location");
        tables.execute("update images set status = 'done', analysed_at = now()");
        try (Stream<Path> files = Files.walk(folder().resolve("images"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        given().get(image + "/content")
                .then()
                .statusCode(410)
                .body("code", is("content-lost"))
                .body("detail", containsString("Upload the image again"));

        // When
        upload(png).then().statusCode(200).header("Location", image).body("status", is("queued"));

        // Then
        assertThat(given().get(image + "/content")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray())
                .isEqualTo(png);
    }

    @Test
    void withoutStorageItIsSaidAndLaterTheImageIsTaken() throws IOException {
        // Given
        upload(png(31)).then().statusCode(202);
        Path folder = folder();
        Path unmounted = folder.resolveSibling("unmounted");
        Files.move(folder, unmounted);

        // When, Then
        try {
            awaitHealth("uploads and downloads are refused: The directory " + folder
                    + " cannot be used; is its volume mounted?");
            upload(png(32))
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .body("code", is("storage-unavailable"))
                    .body("detail", containsString("nothing was stored"));
            given().get(PATH).then().statusCode(200).body("items.width", is(List.of(31)));
        } finally {
            Files.move(unmounted, folder);
        }
        upload(png(32)).then().statusCode(202);
        awaitHealth("can be used");
    }

    /** It stays up: where a probe asks for it, messages go on without storage. */
    private static void awaitHealth(String detail) {
        await().untilAsserted(() -> given().get("/health")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'storage' }.data.detail", is(detail)));
    }

    @Test
    void pagesMissAndRepeatNothing() {
        // Given
        List<Integer> widths = List.of(5, 4, 3, 2, 1);
        for (int width = 1; width <= 5; width++) {
            upload(png(width));
        }
        // Of one moment, but for the last.
        tables.execute("update images set created_at = timestamptz '2026-11-28T03:04:05Z' where width < 5");

        // When, Then
        for (int limit : new int[] {1, 2, 4, 5, 100}) {
            assertThat(all("?limit=" + limit)).isEqualTo(widths);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?status=queued,                                      31",
        "?status=failed,                                      2",
        "?status=running,                                     ''",
        "?since=2026-11-28T03:04:05Z,                         32",
        "?since=2026-11-28T04:04:05.5%2B01:00,                3",
        "?since=2026-11-28T03:04:05Z&status=queued&limit=1,   3"
    })
    void whatPassesEveryFilterIsListed(String query, String widths) {
        // Given
        for (int width = 1; width <= 3; width++) {
            upload(png(width));
            tables.execute(
                    "update images set created_at = timestamptz '2026-11-28T03:04:03Z' + ? * interval '1 s' where width = ?",
                    width,
                    width);
        }
        tables.execute("update images set status = 'failed', reason = 'corrupt' where width = 2");

        // When, Then
        assertThat(all(query))
                .map(String::valueOf)
                .isEqualTo(List.of(widths.split("(?!^)")).stream()
                        .filter(width -> !width.isEmpty())
                        .toList());
    }

    @Test
    void aCursorHoldsForItsFiltersAlone() {
        // Given
        upload(png(1));
        upload(png(2));
        String cursor = given().get(PATH + "?limit=1&status=queued").path("next");

        // When, Then
        given().get(PATH + "?status=queued&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("items.width", is(List.of(1)));
        given().get(PATH + "?cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("violations[0].detail", containsString("another status or since"));
    }

    @Test
    void nobodyElsesAreListed() {
        upload(png(1));
        tables.execute("update images set owner = '/bob'");

        given().get(PATH).then().statusCode(200).body("items", empty());
    }

    private static Response upload(byte[] image) {
        return given().contentType("image/png").body(image).post(PATH);
    }

    private static byte[] png(int width) {
        return TestImages.of("png", width, 20, BufferedImage.TYPE_INT_RGB, false);
    }

    private static List<Integer> all(String query) {
        Response page = given().urlEncodingEnabled(false).get(PATH + query);
        List<Integer> widths = new ArrayList<>(page.<List<Integer>>path("items.width"));
        while (page.header("Link") != null) {
            page = given().urlEncodingEnabled(false).get(page.header("Link").replaceAll("<(.*)>.*", "$1"));
            widths.addAll(page.path("items.width"));
        }
        page.then().statusCode(200).body("next", nullValue());
        return widths;
    }

    private Path folder() {
        return ((StorageUrl.Directory) settings.url()).path();
    }
}
