package io.sluice.api.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class UnreadBodyTest {

    private static final int BODY_BYTES = 3 << 20;

    @TestHTTPResource
    URI api;

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/messages, text/plain,       415",
        "POST,   /api/v1/messages, application/json, 413",
        "DELETE, /api/v1/messages, application/json, 405",
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
