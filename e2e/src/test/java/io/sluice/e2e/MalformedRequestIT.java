package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers a request whose path is none depends on how the program was started; all else is tested with the api. */
class MalformedRequestIT {

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/api/v1/messages?key=%zz", "/api/v1/messages/{42}"})
    void isAnsweredWithAProblemDocument(String target) throws IOException {
        try (Socket connection = new Socket(Sluice.api().getHost(), Sluice.api().getPort())) {
            connection.setSoTimeout(10_000);

            // When
            connection
                    .getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n"
                            .formatted(target)
                            .getBytes(US_ASCII));

            // Then
            assertThat(new String(connection.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("x-content-type-options: nosniff")
                    .contains("application/problem+json", "\"code\":\"invalid-request\"");
        }
    }
}
