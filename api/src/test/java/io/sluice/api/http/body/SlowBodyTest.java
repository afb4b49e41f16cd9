package io.sluice.api.http.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class SlowBodyTest {

    @TestHTTPResource
    URI api;

    @Test
    void aBodyThatTricklesInIsNotWaitedForForLong() throws IOException {
        try (Socket connection = new Socket(api.getHost(), api.getPort())) {
            // Given
            connection
                    .getOutputStream()
                    .write(("POST /api/v1/messages HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 500\r\n\r\n{\"payload\":1")
                            .getBytes(ISO_8859_1));

            // When
            String answer = trickleUntilAnswered(connection);

            // Then
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .contains("application/problem+json", "\"code\":\"request-timeout\"");
        }
    }

    /** Sends a byte each 50 ms until the server has closed the connection. */
    private static String trickleUntilAnswered(Socket connection) throws IOException {
        connection.setSoTimeout(50);
        StringBuilder answer = new StringBuilder();
        while (true) {
            try {
                byte[] part = new byte[4096];
                int length = connection.getInputStream().read(part);
                if (length < 0) {
                    return answer.toString();
                }
                answer.append(new String(part, 0, length, UTF_8));
            } catch (SocketTimeoutException nothingYet) {
                connection.getOutputStream().write(' ');
            }
        }
    }
}
