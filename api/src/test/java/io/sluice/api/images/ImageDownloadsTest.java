package io.sluice.api.images;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.settings.StorageSettings;
import io.sluice.settings.StorageUrl;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class ImageDownloadsTest {

    private static final UUID ID = UUID.fromString("019b7ca9-8f2e-7d42-9b6a-5e8f2c4d1a72");
    private static final String IMAGE = "/api/v1/images/" + ID;
    private static final String CONTENT = IMAGE + "/content";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final AnalysedImages images;
    private final StoredDeadLetters tables;
    private final StorageSettings settings;

    @TestHTTPResource
    URI api;

    ImageDownloadsTest(AnalysedImages images, StoredDeadLetters tables, StorageSettings settings) {
        this.images = images;
        this.tables = tables;
        this.settings = settings;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535, 65_536, 65_537, 3_000_000})
    void bytesArriveAsTheyAre(int size) throws Exception {
        // Given
        byte[] bytes = bytes(size);
        images.store(ID, bytes);

        // When
        HttpResponse<byte[]> answer =
                HTTP.send(HttpRequest.newBuilder(api.resolve(CONTENT)).build(), BodyHandlers.ofByteArray());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValue("Content-Length")).contains(Integer.toString(size));
        assertThat(answer.body()).isEqualTo(bytes);
    }

    /** Every answer gives its file back, however it ends. */
    @AfterEach
    void noFileIsLeftOpen() {
        await().untilAsserted(() -> assertThat(openFiles()).isEmpty());
    }

    @Test
    void whoHasThemGetsThemNotAgain() {
        // Given
        images.store(ID, bytes(100));
        String tag = given().get(CONTENT).header("ETag");

        // When, Then
        given().header("If-None-Match", tag).get(CONTENT).then().statusCode(304).header("ETag", tag);
        given().header("If-None-Match", "\"other\", " + tag).get(CONTENT).then().statusCode(304);
        given().header("If-None-Match", "\"other\"").get(CONTENT).then().statusCode(200);
        given().header("If-None-Match", "other").get(CONTENT).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,         0,      1",
        "bytes=0-99999,     0,      100000",
        "bytes=70000-,      70000,  100000",
        "bytes=99999-,      99999,  100000",
        "bytes=10-999999,   10,     100000",
        "bytes=-1,          99999,  100000",
        "bytes=-70000,      30000,  100000",
        "bytes=-999999,     0,      100000",
        "Bytes= 5-6 ,       5,      7"
    })
    void aRangeIsAnsweredWithItsBytes(String range, int from, int to) {
        // Given
        byte[] bytes = bytes(100_000);
        images.store(ID, bytes);

        // When
        Response answer = given().header("Range", range).get(CONTENT);

        // Then
        answer.then()
                .statusCode(206)
                .header("Content-Range", "bytes %d-%d/100000".formatted(from, to - 1))
                .header("Content-Length", Integer.toString(to - from));
        assertThat(answer.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "bytes=5-4", "bytes=-", "bytes=x", "lines=1-2", "1-2"})
    void whatIsNoSingleRangeIsAnsweredWithAllBytes(String range) {
        // Given
        byte[] bytes = bytes(100);
        images.store(ID, bytes);

        // When
        Response answer = given().header("Range", range).get(CONTENT);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asByteArray()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void aRangeBehindTheEndIsRefused(String range) {
        // Given
        images.store(ID, bytes(100));

        // When, Then
        given().header("Range", range)
                .get(CONTENT)
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */100")
                .body("code", is("range-not-satisfiable"));
    }

    @Test
    void aRangeOfOtherBytesIsAnsweredWithAll() {
        // Given
        images.store(ID, bytes(100));
        String tag = given().get(CONTENT).header("ETag");

        // When, Then
        given().header("Range", "bytes=0-1")
                .header("If-Range", tag)
                .get(CONTENT)
                .then()
                .statusCode(206);
        given().header("Range", "bytes=0-1")
                .header("If-Range", "\"other\"")
                .get(CONTENT)
                .then()
                .statusCode(200);
    }

    @Test
    void headTellsTheLength() {
        // Given
        images.store(ID, bytes(100));

        // When, Then
        given().head(CONTENT).then().statusCode(200).header("Content-Length", "100");
        given().header("Range", "bytes=0-9")
                .head(CONTENT)
                .then()
                .statusCode(206)
                .header("Content-Length", "10");
    }

    @Test
    void picturesAreThereOnceItIsAnalysed() {
        // Given
        images.store(ID);

        // Then
        for (String picture : List.of("/overlay.png", "/mask.png")) {
            given().get(IMAGE + picture).then().statusCode(200).contentType("image/png");
        }

        // When
        tables.execute(
                "update images set overlay_key = null, mask_key = null, analysed_at = null, status = 'queued' where id = ?",
                ID);

        // Then
        for (String picture : List.of("/overlay.png", "/mask.png", "/objects", "/objects/1")) {
            given().get(IMAGE + picture).then().statusCode(404).body("detail", containsString("not analysed yet"));
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, 201001", "HTTP_2, 202002"})
    void anAnswerWhoseBytesAreFoundToBeOthersBreaksOff(HttpClient.Version version, int size) throws Exception {
        // Given
        byte[] bytes = bytes(size);
        images.store(ID, bytes);
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpRequest request = HttpRequest.newBuilder(api.resolve(CONTENT)).build();
        assertThat(client.send(request, BodyHandlers.ofByteArray()).version()).isEqualTo(version);

        // When
        bytes[150_000]++;
        Files.write(file(bytes.length), bytes);

        // Then
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void bytesThatAreMissingOrChangedAreNotHandedOut() throws IOException {
        // Given
        byte[] bytes = bytes(203_003);
        images.store(ID, bytes);
        Path file = file(bytes.length);

        // When
        Files.write(file, new byte[1], StandardOpenOption.APPEND);

        // Then
        given().get(CONTENT).then().statusCode(410).body("code", is("content-lost"));

        // When
        Files.delete(file);

        // Then
        given().get(CONTENT).then().statusCode(410).body("code", is("content-lost"));
    }

    @Test
    void clientsThatDoNotReadLeaveNoFileOpen() throws Exception {
        // Given
        images.store(ID, bytes(10_000_000));
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Socket client = new Socket(api.getHost(), api.getPort());
            clients.add(client);
            client.getOutputStream()
                    .write(("GET " + CONTENT + " HTTP/1.1\r\nHost: api\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
        assertThat(openFiles()).hasSize(10);

        // When
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    void clientsThatAreGoneBeforeTheirTurnTakeNoPlace() throws Exception {
        // Given
        images.store(ID, bytes(10));

        // When
        for (int i = 0; i < 64; i++) {
            try (Socket client = new Socket(api.getHost(), api.getPort())) {
                client.getOutputStream()
                        .write(("GET " + CONTENT + " HTTP/1.1\r\nHost: api\r\nX-Late: 1\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }

        // Then
        await().until(() -> LateRequests.passed.get() == 64);
        given().get(CONTENT).then().statusCode(200);
    }

    /** Holds requests up, as a token does whose key has to be fetched first, until their clients are gone. */
    @ApplicationScoped
    static class LateRequests {

        static final AtomicInteger passed = new AtomicInteger();

        void register(@Observes Router router) {
            router.route().order(-45).handler(context -> {
                if (context.request().headers().contains("X-Late")) {
                    Context own = Vertx.currentContext();
                    context.request()
                            .connection()
                            .closeHandler(gone -> own.runOnContext(later -> {
                                context.next();
                                passed.incrementAndGet();
                            }));
                } else {
                    context.next();
                }
            });
        }
    }

    /** Files of storage that this process has open. */
    private List<Path> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(ImageDownloadsTest::target)
                    .filter(file -> file.startsWith(folder()))
                    .toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return descriptor;
        }
    }

    /** The newest one of this size: runs before may have left others. */
    private Path file(int size) throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toFile().isFile() && file.toFile().length() == size)
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow();
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private Path folder() {
        return ((StorageUrl.Directory) settings.url()).path();
    }
}
