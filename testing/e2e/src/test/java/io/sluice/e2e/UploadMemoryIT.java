package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.Program;
import io.sluice.testkit.Servers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a packaged api whose memory is less than what is uploaded at once. */
class UploadMemoryIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    private static final int IMAGE_BYTES = 5 << 20;

    /** As many as the api receives at a time, 160 MiB. */
    private static final int AT_ONCE = 32;

    private static final int ROUNDS = 5;

    /** 96 MiB together. The heap is resident from the start, so that its use is no growth. */
    private static final String MEMORY = "-Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:MaxDirectMemorySize=32m";

    /** A few images; all but the first round uploads 640 MiB. */
    private static final int MAX_GROWTH_KIB = 32 << 10;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final byte[] pixels = new byte[IMAGE_BYTES];

    @Test
    @Tag("slow")
    @EnabledOnOs(OS.LINUX)
    void theMemoryOfTheApiDoesNotGrowWithUploads(@TempDir Path folder) throws IOException {
        Path bodies = Files.createDirectories(folder.resolve("tmp/sluice-bodies"));
        try (Servers servers = Servers.start();
                Program api = api(servers, folder)) {
            // Given
            upload(api, 0);
            int before = residentKib(api);

            // When
            for (int round = 1; round < ROUNDS; round++) {
                upload(api, round);
            }

            // Then
            assertThat(residentKib(api) - before).isLessThan(MAX_GROWTH_KIB);
            assertThat(bodies).isEmptyDirectory();
        }
    }

    private static Program api(Servers servers, Path folder) {
        return Program.start(
                PROJECT,
                "api",
                folder,
                Map.of(
                        "DATABASE_URL",
                        servers.addresses().databaseUrl(),
                        "FEATURES",
                        "images",
                        "STORAGE_URL",
                        folder.resolve("storage").toUri().toString(),
                        // Read after the command line, which has a larger heap.
                        "_JAVA_OPTIONS",
                        MEMORY + " -Djava.io.tmpdir=" + folder.resolve("tmp")));
    }

    /** Uploads images at once, and deletes them. */
    private void upload(Program api, int round) {
        List<CompletableFuture<HttpResponse<String>>> uploads = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> send(HttpRequest.newBuilder(api.url().resolve("/api/v1/images"))
                        .POST(BodyPublishers.ofByteArrays(png(round * AT_ONCE + i)))))
                .toList();
        List<CompletableFuture<HttpResponse<String>>> deletions = uploads.stream()
                .map(upload -> {
                    assertThat(upload.join().statusCode())
                            .as(upload.join().body())
                            .isEqualTo(202);
                    String location =
                            upload.join().headers().firstValue("Location").orElseThrow();
                    return send(
                            HttpRequest.newBuilder(api.url().resolve(location)).DELETE());
                })
                .toList();
        deletions.forEach(deletion -> assertThat(deletion.join().statusCode()).isEqualTo(204));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** A PNG as far as the api looks: its chunks, of which the one of text is the image's own. */
    private List<byte[]> png(int number) {
        ByteBuffer beginning = ByteBuffer.allocate(61)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put("IHDR".getBytes(US_ASCII))
                .putInt(1_000)
                .putInt(1_000)
                .put(new byte[] {8, 2, 0, 0, 0})
                .putInt(0)
                .putInt(8)
                .put("tEXt".getBytes(US_ASCII))
                .putLong(number)
                .putInt(0)
                .putInt(IMAGE_BYTES)
                .put("IDAT".getBytes(US_ASCII));
        ByteBuffer end = ByteBuffer.allocate(16)
                .putInt(0)
                .putInt(0)
                .put("IEND".getBytes(US_ASCII))
                .putInt(0);
        return List.of(beginning.array(), pixels, end.array());
    }

    private static int residentKib(Program program) throws IOException {
        Path status = Path.of("/proc", Long.toString(program.process().pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
