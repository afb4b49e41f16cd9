package io.sluice.worker.images;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.imaging.DecodedImage;
import io.sluice.settings.DetectorSettings.ModelServer;
import io.sluice.settings.DetectorSettings.Protocol;
import io.sluice.worker.images.DetectedObject.Box;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A detector of which the other end is a KServe server, as {@code model.py} beside the recordings makes one. */
class KServeDetectorTest {

    /** Half as large as the original, which has 400 by 600 pixels. */
    private static final DecodedImage IMAGE =
            new DecodedImage(new BufferedImage(200, 300, BufferedImage.TYPE_INT_RGB), 400, 600, 2);

    private final RecordedServer server = new RecordedServer();
    private final AtomicLong nanoTime = new AtomicLong();

    KServeDetectorTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
    }

    private KServeDetector detector(Protocol protocol) {
        return detector(server.url(), protocol, Duration.ofSeconds(20));
    }

    private KServeDetector detector(URI url, Protocol protocol, Duration timeout) {
        return new KServeDetector(new ModelServer(url, protocol, "circles", timeout), nanoTime::get);
    }

    @Test
    void predictionsOfV1AreObjectsOfTheOriginal() throws Exception {
        // Given
        server.then("v1-predict");

        // When
        Detection detection = detector(Protocol.V1).detect(IMAGE);

        // Then
        assertDiscs(detection);
        JsonNode request = request("POST /v1/models/circles:predict");
        assertPng(request.path("instances").path(0).path("image").path("b64").textValue());
    }

    @Test
    void outputsOfV2AreObjectsOfTheOriginal() throws Exception {
        // Given
        server.then("v2-infer");

        // When
        Detection detection = detector(Protocol.V2).detect(IMAGE);

        // Then
        assertDiscs(detection);
        JsonNode request = request("POST /v2/models/circles/infer");
        assertPng(request.path("inputs").path(0).path("data").path(0).textValue());
    }

    private static void assertDiscs(Detection detection) {
        assertThat(detection.detector()).isEqualTo("kserve");
        assertThat(detection.version()).isEqualTo("circles");
        assertThat(detection.objects())
                .extracting(DetectedObject::box)
                .containsExactly(new Box(160, 120, 160, 160), new Box(100, 380, 120, 120));
        assertThat(detection.objects())
                .extracting(object -> "%.0f %.0f %.0f"
                        .formatted(
                                object.circle().x(),
                                object.circle().y(),
                                object.circle().radius()))
                .containsExactly("240 200 80", "160 440 60");
        assertThat(detection.objects().get(1).circle().score()).isEqualTo(0.5);
    }

    private JsonNode request(String line) throws IOException {
        assertThat(server.requests()).hasSize(1);
        String[] request = server.requests().get(0).split("\n\n", 2);
        assertThat(request[0]).isEqualTo(line);
        return new ObjectMapper().readTree(request[1]);
    }

    private static void assertPng(String base64) throws IOException {
        BufferedImage sent =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        assertThat(sent.getWidth()).isEqualTo(200);
        assertThat(sent.getHeight()).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({"V1, v1-unknown-model", "V2, v2-unknown-model", "V1, v1-not-ready", "V2, v2-not-ready"})
    void aModelThatIsNotThereIsAnOutage(Protocol protocol, String recorded) throws IOException {
        // Given
        server.then(recorded);

        // When and then
        assertThatThrownBy(() -> detector(protocol).detect(IMAGE))
                .isInstanceOf(OutageException.class)
                .hasMessageStartingWith("The model server cannot be used: it answered with status ");
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"V1, v1-exception", "V2, v2-exception", "V1, v1-malformed"})
    void anotherErrorIsAFailureThatCounts(Protocol protocol, String recorded) throws IOException {
        // Given
        server.then(recorded);

        // When and then
        assertThatThrownBy(() -> detector(protocol).detect(IMAGE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the model server failed: it answered with status ");
        assertThat(server.requests()).hasSize(1);
    }

    /** As gateways, and models that are scaled from zero, answer. */
    @ParameterizedTest
    @CsvSource({"503, no healthy upstream", "504, ''", "429, ''", "200, ''", "400, model circles is not ready yet"})
    void whatPassesByItselfIsTriedAgainAtOnce(int status, String body) throws Exception {
        // Given
        server.then(status, body).then("v1-predict");

        // When
        Detection detection = detector(Protocol.V1).detect(IMAGE);

        // Then
        assertDiscs(detection);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void anImageThatIsTooLargeForTheModelIsNotTriedAgain() {
        // Given
        server.then(413, "");

        // When and then
        assertThatThrownBy(() -> detector(Protocol.V1).detect(IMAGE)).isInstanceOf(PermanentJobException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aServerThatHangsIsAnOutage() {
        assertThatThrownBy(() -> detector(server.url(), Protocol.V1, Duration.ofMillis(100))
                        .detect(IMAGE))
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("no answer within");
    }

    @Test
    void aServerThatIsGoneIsAnOutage() {
        // Given
        URI url = server.url();
        server.close();

        // When and then
        assertThatThrownBy(
                        () -> detector(url, Protocol.V1, Duration.ofSeconds(20)).detect(IMAGE))
                .isInstanceOf(OutageException.class);
    }

    @Test
    void aServerThatGoesOnFailingIsLeftAloneForAWhile() throws Exception {
        // Given
        server.then(503, "");
        KServeDetector detector = detector(Protocol.V1);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> detector.detect(IMAGE)).isInstanceOf(OutageException.class);
        }

        // When and then
        assertThatThrownBy(() -> detector.detect(IMAGE))
                .isInstanceOf(OutageException.class)
                .hasMessageContaining("is left alone");
        assertThat(server.requests()).hasSize(6);

        // When
        server.then("v1-predict").then("v1-predict");
        nanoTime.addAndGet(Duration.ofSeconds(15).toNanos());

        // Then: the last of the failures was not yet given
        assertThatThrownBy(() -> detector.detect(IMAGE)).isInstanceOf(OutageException.class);
        nanoTime.addAndGet(Duration.ofSeconds(15).toNanos());
        assertDiscs(detector.detect(IMAGE));
        assertDiscs(detector.detect(IMAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "[]",
                "{\"predictions\":7}",
                "{\"predictions\":[{}]}",
                "{\"predictions\":[{\"bounding_box\":{\"xmin\":2,\"ymin\":0,\"xmax\":1,\"ymax\":1}}]}",
                "{\"predictions\":[{\"bounding_box\":{\"xmin\":0,\"ymin\":0,\"xmax\":1,\"ymax\":1e999}}]}",
                "{\"predictions\":[{\"bounding_box\":{\"xmin\":0,\"ymin\":0,\"xmax\":1,\"ymax\":1},\"score\":7}]}",
                "{\"predictions\":[{\"bounding_box\":{\"xmin\":0,\"ymin\":0,\"xmax\":1,\"ymax\":1},\"radius\":0}]}"
            })
    void anAnswerThatIsNotOfTheProtocolIsAFailure(String answer) {
        // Given
        server.then(200, answer);

        // When and then
        assertThatThrownBy(() -> detector(Protocol.V1).detect(IMAGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the model server's answer");
    }

    @Test
    void boxesAndScoresThatDoNotGoTogetherAreAFailure() {
        // Given
        server.then(
                200, "{\"outputs\":[{\"name\":\"boxes\",\"data\":[[0,0,1,1]]},{\"name\":\"scores\",\"data\":[1,1]}]}");

        // When and then
        assertThatThrownBy(() -> detector(Protocol.V2).detect(IMAGE)).isInstanceOf(IOException.class);
    }

    @Test
    void aRadiusMayBeANumberOrInAnObject() throws Exception {
        // Given
        String box = "\"bounding_box\":{\"xmin\":0,\"ymin\":0,\"xmax\":10,\"ymax\":20}";
        server.then(
                200,
                "{\"predictions\":[[{%1$s,\"radius\":6},{%1$s,\"radius\":{\"radius\":7}},{%1$s}]]}".formatted(box));

        // When
        List<DetectedObject> objects = detector(Protocol.V1).detect(IMAGE).objects();

        // Then
        assertThat(objects).extracting(object -> object.circle().radius()).containsExactly(12.0, 14.0, 15.0);
    }

    @ParameterizedTest
    @EnumSource
    void healthSaysWhetherTheModelIsReady(Protocol protocol) throws IOException {
        // Given
        String version = protocol.name().toLowerCase(Locale.ROOT);
        KServeDetector detector = detector(protocol);
        server.then(version + "-ready");

        // When and then
        await().until(() -> state(detector).equals("kserve: the model circles of " + server.url() + " is ready"));
        assertThat(server.requests().get(0))
                .startsWith(protocol == Protocol.V1 ? "GET /v1/models/circles\n" : "GET /v2/models/circles/ready\n");
    }

    @ParameterizedTest
    @EnumSource
    void healthSaysThatTheModelIsNotReady(Protocol protocol) throws IOException {
        // Given
        server.then(protocol.name().toLowerCase(Locale.ROOT) + "-asleep");
        KServeDetector detector = detector(protocol);

        // When and then
        await().until(() -> state(detector).endsWith(" is not ready, status 503; jobs wait"));
    }

    @Test
    void healthSaysThatNobodyAnswers() {
        // Given
        URI url = server.url();
        server.close();
        KServeDetector detector = detector(url, Protocol.V1, Duration.ofSeconds(20));

        // When and then
        await().until(() -> state(detector).endsWith("cannot be asked whether it is ready; jobs wait"));
    }

    private static String state(KServeDetector detector) {
        return detector.state().await().atMost(Duration.ofSeconds(10));
    }
}
