package io.sluice.api.messages.bulk;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sluice.api.publishing.Topics;
import io.sluice.testkit.SluiceServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies of many events that are compressed, or say so. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class CompressedBulkTest {

    private final String key = UUID.randomUUID().toString();
    private final Topics topics;

    CompressedBulkTest(Topics topics) {
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @Test
    void aBodyMayBeCompressed() throws IOException {
        // Given
        byte[] first = gzip(BulkRequests.lines(key, 2_000));
        byte[] second = gzip(BulkRequests.lines(key, 1_000));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        // When, then
        BulkRequests.post(both, "gzip").statusCode(202).body("accepted", is(3_000));
        assertThat(BulkRequests.published(key)).hasSize(3_000);
    }

    @Test
    void aCompressedBodyThatIsBrokenOffIsTakenUpToThere() throws IOException {
        byte[] whole = gzip(IntStream.range(0, 5_000)
                .mapToObj(n -> "{\"key\":\"" + key + "\",\"payload\":\"" + UUID.randomUUID() + "\"}\n")
                .collect(Collectors.joining()));

        ValidatableResponse answer = BulkRequests.post(Arrays.copyOf(whole, whole.length / 2), "gzip");

        int through = answer.statusCode(400)
                .body("code", is("invalid-request"))
                .body("detail", containsString("gzip"))
                .extract()
                .path("progress.acknowledgedThrough");
        assertThat(through).isBetween(1, 4_999);
        assertThat(BulkRequests.published(key)).hasSize(through);
    }

    @Test
    void aLaterPartOfACompressedBodyThatIsBrokenOffIsNotItsEnd() throws IOException {
        // Given
        byte[] first = gzip(BulkRequests.lines(key, 2));
        byte[] both = Arrays.copyOf(first, first.length + 5);
        System.arraycopy(gzip(BulkRequests.lines(key, 1)), 0, both, first.length, 5);

        // When, then
        BulkRequests.post(both, "gzip")
                .statusCode(400)
                .body("code", is("invalid-request"))
                .body("progress.accepted", is(2))
                .body("progress.acknowledgedThrough", is(2));
    }

    @Test
    void aBodyThatExpandsToTooMuchIsRefused() throws IOException {
        BulkRequests.post(gzip(BulkRequests.lines(key, 10) + " ".repeat(64 << 20)), "gzip")
                .statusCode(413)
                .body("code", is("content-too-large"))
                .body("detail", containsString("expands"))
                .body("progress.accepted", is(10));
    }

    @Test
    void noOtherCodingIsTaken() {
        for (String coding : List.of("br", "gzip, gzip", "deflate")) {
            BulkRequests.post(BulkRequests.lines(key, 1).getBytes(UTF_8), coding)
                    .statusCode(415)
                    .header("Accept-Encoding", "gzip, identity")
                    .body("code", is("unsupported-media-type"));
        }
        BulkRequests.post("no gzip".getBytes(UTF_8), "gzip").statusCode(400).body("progress.accepted", is(0));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
