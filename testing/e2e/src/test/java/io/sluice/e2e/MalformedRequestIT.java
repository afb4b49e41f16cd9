package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose path or length is none, which are answered by different parts as the program was started; all else is tested with the api. */
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

    /** A reader of the other length would take the rest for a request, or the request for the rest: RFC 9112, section 6.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
                "transfer-encoding: CHUNKED\r\ncontent-length: 23\r\n",
                "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"
            })
    void aRequestWithTwoLengthsIsRefusedAndTheLastOfItsConnection(String headers) throws IOException {
        for (String chunks : new String[] {"0\r\n\r\n", "d\r\n{\"payload\":1}\r\n0\r\n\r\n"}) {
            try (Socket connection =
                    new Socket(Sluice.api().getHost(), Sluice.api().getPort())) {
                connection.setSoTimeout(10_000);

                // When
                connection
                        .getOutputStream()
                        .write(("POST /api/v1/messages HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\n"
                                        + headers + "\r\n" + chunks + "GET /health/live HTTP/1.1\r\nHost: api\r\n\r\n")
                                .getBytes(US_ASCII));

                // Then
                assertThat(new String(connection.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 400 ")
                        .containsIgnoringCase("\r\nconnection: close\r\n")
                        .contains("\"header\":\"Transfer-Encoding\"", "must not be sent with a Content-Length")
                        .containsOnlyOnce("HTTP/1.1 ");
            }
        }
    }
}
