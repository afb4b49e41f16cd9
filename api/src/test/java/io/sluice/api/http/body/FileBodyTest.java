package io.sluice.api.http.body;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class FileBodyTest {

    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), "sluice-bodies");

    /** Left by others that use the folder, as an api that was killed. */
    private static Set<Path> foreign = Set.of();

    @TestHTTPResource
    URI api;

    @BeforeAll
    static void lookAtTheFolder() {
        foreign = list();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(files()).isZero());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, FilesResource.MAX_BYTES})
    void aBodyArrivesAsItIs(int size) throws IOException {
        byte[] bytes = bytes(size);

        assertThat(post("image/png", bytes)).startsWith("HTTP/1.1 200").endsWith(told(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70_000, FilesResource.MAX_BYTES})
    void aPartOfAFormArrivesAsItIs(int size) throws IOException {
        byte[] bytes = bytes(size);
        byte[] form =
                form(part("note", null, bytes(100)), part("file", "../../x.png", bytes), part("file", "y", bytes(7)));

        assertThat(post("multipart/form-data; boundary=B", form))
                .startsWith("HTTP/1.1 200")
                .endsWith(told(bytes));
    }

    @Test
    void whatIsLargerIsRefusedHoweverItComes() throws IOException {
        byte[] bytes = bytes(FilesResource.MAX_BYTES + 1);

        assertThat(post("image/png", bytes)).startsWith("HTTP/1.1 413").contains("at most 3000000 bytes");
        assertThat(post("multipart/form-data; boundary=B", form(part("file", "x", bytes))))
                .startsWith("HTTP/1.1 413");
        assertThat(post("multipart/form-data; boundary=B", form(part("other", "x", bytes(3_100_000)))))
                .startsWith("HTTP/1.1 413");
        assertThat(chunked(bytes)).startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=OTHER"})
    void aFormOfAnotherBoundaryLacksThePart(String type) throws IOException {
        assertThat(post(type, form(part("file", "x.png", bytes(10)))))
                .startsWith("HTTP/1.1 400")
                .contains("\"pointer\":\"/file\"", "send the bytes as a part of this name");
    }

    @Test
    void aFormWithoutThePartIsInvalid() throws IOException {
        assertThat(post("multipart/form-data; boundary=B", form(part("image", "x.png", bytes(10)))))
                .startsWith("HTTP/1.1 400")
                .contains("\"pointer\":\"/file\"", "send the bytes as a part of this name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"",
                "multipart/form-data; boundary=;",
                "multipart/form-data; boundary",
                "multipart/form-data; boundary=B; charset=",
                "multipart/form-data; boundary=B; charset=nope"
            })
    void aFormThatIsNoneIsInvalid(String type) throws IOException {
        assertThat(post(type, form(part("file", "x.png", bytes(10)))))
                .startsWith("HTTP/1.1 400")
                .contains("multipart/form-data with a boundary", "the bytes as the part 'file'");
    }

    @Test
    void whatFollowsAFormThatIsNoneIsAnsweredToo() throws IOException {
        try (Socket connection = new Socket(api.getHost(), api.getPort())) {
            // Given
            byte[] garbage = bytes(FilesResource.MAX_BYTES);
            connection.setSoTimeout(20_000);
            OutputStream output = connection.getOutputStream();

            // When
            output.write(
                    "POST /test/files HTTP/1.1\r\nHost: api\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: %d\r\n\r\n"
                            .formatted(garbage.length)
                            .getBytes(ISO_8859_1));
            output.write(garbage);
            output.write(head("image/png", 0));

            // Then
            assertThat(new String(connection.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .endsWith(told(bytes(0)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity, br"})
    void anEncodedBodyIsRefused(String coding) throws IOException {
        byte[] bytes = bytes(10);

        assertThat(post("image/png\r\nContent-Encoding: " + coding, bytes))
                .startsWith("HTTP/1.1 415")
                .containsIgnoringCase("accept-encoding: identity")
                .contains("without a Content-Encoding");
        assertThat(post("image/png\r\nContent-Encoding: identity", bytes)).endsWith(told(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "multipart/form-data; boundary=B"})
    void aClientThatIsGoneLeavesNothing(String type) throws IOException {
        try (Socket connection = new Socket(api.getHost(), api.getPort())) {
            // Given
            byte[] form = form(part("file", "x.png", bytes(1_000_000)));
            OutputStream output = connection.getOutputStream();
            output.write(head(type, form.length));
            output.write(form, 0, 500_000);
            output.flush();
            await().until(() -> files() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "multipart/form-data; boundary=B"})
    void aSlowClientIsNotWaitedForForLong(String type) throws IOException {
        try (Socket connection = new Socket(api.getHost(), api.getPort())) {
            // Given
            byte[] form = form(part("file", "x.png", bytes(500)));
            connection.setSoTimeout(20_000);
            connection.getOutputStream().write(head("/test/files/small", type, form.length));

            // When
            connection.getOutputStream().write(form, 0, form.length - 1);

            // Then
            assertThat(new String(connection.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 408")
                    .contains("\"code\":\"request-timeout\"", "send it again, faster");
        }
    }

    @Test
    void soManyAreReceivedAtOnceAndNoMore() throws IOException {
        List<Socket> connections = new ArrayList<>();
        try {
            // Given
            for (int i = 0; i < FileBodies.MAX_BODIES; i++) {
                Socket connection = new Socket(api.getHost(), api.getPort());
                connections.add(connection);
                connection.getOutputStream().write(head("image/png", 1_000));
            }
            await().until(() -> files() == FileBodies.MAX_BODIES);

            // When
            String answer = post("image/png", bytes(10));

            // Then
            assertThat(answer).startsWith("HTTP/1.1 503").contains("overloaded", "send it again");
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
        await().untilAsserted(() -> assertThat(post("image/png", bytes(10))).startsWith("HTTP/1.1 200"));
    }

    private static long files() {
        return list().stream().filter(file -> !foreign.contains(file)).count();
    }

    private static Set<Path> list() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String told(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return "{\"bytes\":%d,\"crc\":%d}".formatted(bytes.length, checksum.getValue());
    }

    private static byte[] part(String name, String fileName, byte[] bytes) {
        String head = "--B\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                .formatted(name, fileName == null ? "" : "; filename=\"" + fileName + "\"\r\nContent-Type: image/png");
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(head.getBytes(ISO_8859_1));
        part.writeBytes(bytes);
        part.writeBytes("\r\n".getBytes(ISO_8859_1));
        return part.toByteArray();
    }

    private static byte[] form(byte[]... parts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            form.writeBytes(part);
        }
        form.writeBytes("--B--\r\n".getBytes(ISO_8859_1));
        return form.toByteArray();
    }

    private static byte[] head(String type, int length) {
        return head("/test/files", type, length);
    }

    private static byte[] head(String path, String type, int length) {
        String head =
                "POST %s HTTP/1.1\r\nHost: api\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, type, length);
        return head.getBytes(ISO_8859_1);
    }

    private String post(String type, byte[] body) throws IOException {
        return exchange(head(type, body.length), body);
    }

    private String chunked(byte[] body) throws IOException {
        String head =
                "POST /test/files HTTP/1.1\r\nHost: api\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n"
                        .formatted(body.length);
        return exchange(head.getBytes(ISO_8859_1), body);
    }

    private String exchange(byte[] head, byte[] body) throws IOException {
        try (Socket connection = new Socket(api.getHost(), api.getPort())) {
            connection.setSoTimeout(20_000);
            connection.getOutputStream().write(head);
            try {
                connection.getOutputStream().write(body);
            } catch (IOException answeredBefore) {
                // The answer says why.
            }
            return new String(connection.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
