package io.sluice.api.http.filters;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class RequestDrainTest {

    private static final int BODY_BYTES = 3 << 20;

    @TestHTTPResource
    URI api;

    @Inject
    Vertx vertx;

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/messages, text/plain,       415",
        "POST,   /api/v1/messages, application/json, 413",
        "PUT, /api/v1/messages, application/json, 405",
        "POST,   /nope,            application/json, 404",
    })
    void theNextRequestOfTheConnectionIsAnswered(String method, String path, String contentType, int status)
            throws IOException {
        try (Socket connection = new Socket(api.getHost(), api.getPort())) {
            connection.setSoTimeout(10_000);
            OutputStream out = connection.getOutputStream();
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));

            // Given
            out.write("%s %s HTTP/1.1\r\nHost: api\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                    .formatted(method, path, contentType, BODY_BYTES)
                    .getBytes(ISO_8859_1));
            out.write(new byte[BODY_BYTES]);
            assertThat(readAnswer(in)).contains(" " + status + " ");

            // When
            out.write("GET /health/live HTTP/1.1\r\nHost: api\r\n\r\n".getBytes(ISO_8859_1));

            // Then
            assertThat(readAnswer(in)).contains(" 200 ");
        }
    }

    @Test
    void aConnectionOfHttp2OutlivesARequestThatWaitsToSendItsBody() {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        try {
            // Given
            HttpClientRequest upload = request(client, HttpMethod.POST, "/api/v1/messages");
            upload.putHeader("Expect", "100-continue")
                    .putHeader("Content-Type", "text/plain")
                    .putHeader("Content-Length", Integer.toString(BODY_BYTES));

            // When
            await(upload.sendHead());

            // Then
            HttpClientResponse refusal = await(upload.response());
            assertThat(refusal.statusCode()).isEqualTo(415);
            assertThat(refusal.getHeader("Connection")).isNull();
            HttpClientRequest next = request(client, HttpMethod.GET, "/health/live");
            assertThat(await(next.send()).statusCode()).isEqualTo(200);
            assertThat(next.connection()).isSameAs(upload.connection());
        } finally {
            await(client.close());
        }
    }

    private HttpClientRequest request(HttpClient client, HttpMethod method, String path) {
        return await(client.request(method, api.getPort(), api.getHost(), path));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, SECONDS)
                .join();
    }

    /** Reads one answer to its end, and returns its first line. */
    private static String readAnswer(BufferedReader in) throws IOException {
        String status = in.readLine();
        int length = 0;
        for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            in.read();
        }
        return status;
    }
}
