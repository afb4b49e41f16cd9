package io.sluice.api.messages.bulk;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.http.body.streamed.StreamedBodies;
import io.sluice.api.publishing.Topics;
import io.sluice.testkit.OwnServers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that post many events, and go, or take their time, or are many themselves. On servers of its own: tests that look for one event
 * would have to read all of these.
 */
@QuarkusTest
@WithTestResource(OwnServers.class)
class BulkClientsTest {

    private static final String LINE = "{\"payload\":\"" + "x".repeat(200) + "\"}\n";

    private final Topics topics;
    private final StreamedBodies bodies;

    @TestHTTPResource
    URI api;

    BulkClientsTest(Topics topics, StreamedBodies bodies) {
        this.topics = topics;
        this.bodies = bodies;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
        await().until(() -> bodies.count() == 0);
    }

    @Test
    void clientsThatGoMidwayLeaveNothingBehind() throws Exception {
        for (int round = 0; round < 3; round++) {
            // Given
            List<Socket> clients = new ArrayList<>();
            while (clients.size() < StreamedBodies.MAX_BODIES) {
                clients.add(begin(LINE.repeat(5_000) + LINE.substring(0, 100)));
            }
            await().until(() -> bodies.count() == StreamedBodies.MAX_BODIES);

            // When
            for (Socket client : clients) {
                client.close();
            }

            // Then
            await().until(() -> bodies.count() == 0);
        }
        assertThat(post(HttpClient.Version.HTTP_1_1, 10).statusCode()).isEqualTo(202);
    }

    @Test
    void whereTooManyAreUnderWayTheNextOneComesAgainLater() throws Exception {
        // Given
        List<Socket> clients = new ArrayList<>();
        while (clients.size() < StreamedBodies.MAX_BODIES) {
            clients.add(begin(LINE));
        }
        await().until(() -> bodies.count() == StreamedBodies.MAX_BODIES);
        for (Socket client : clients) {
            // So that none is too slow meanwhile.
            client.getOutputStream().write("1\r\n\n\r\n".getBytes(UTF_8));
        }

        // When
        HttpResponse<String> another = post(HttpClient.Version.HTTP_1_1, 10);

        // Then
        assertThat(another.statusCode()).isEqualTo(503);
        assertThat(another.headers().firstValue("Retry-After")).contains("1");
        assertThat(another.body()).contains("\"code\":\"overloaded\"");
        for (Socket client : clients) {
            client.getOutputStream().write("0\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 202 ")
                    .contains("\"accepted\":1,");
        }
    }

    @Test
    void aClientThatSendsNothingForLongIsToldHowFarItHasCome() throws Exception {
        try (Socket client = begin(LINE.repeat(3) + LINE.substring(0, 100))) {
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 408 ")
                    .contains(
                            "\"code\":\"request-timeout\"",
                            "\"progress\":{\"accepted\":3,",
                            "\"acknowledgedThrough\":3,");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsLargerThanTheMemoryForItIsTaken(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = post(version, 100_000);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"accepted\":100000,\"repeated\":0,\"refused\":0,\"acknowledgedThrough\":100000,\"refusals\":[]}");
    }

    /** A client that has sent this much of its body. */
    private Socket begin(String body) throws IOException {
        Socket client = new Socket(api.getHost(), api.getPort());
        client.setSoTimeout(20_000);
        client.getOutputStream()
                .write(("POST /api/v1/messages HTTP/1.1\r\nHost: api\r\nContent-Type: application/x-ndjson\r\n"
                                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n")
                        .getBytes(UTF_8));
        return client;
    }

    private HttpResponse<String> post(HttpClient.Version version, int lines) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .build()
                .send(
                        HttpRequest.newBuilder(api.resolve("/api/v1/messages"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(LINE.repeat(lines)))
                                .build(),
                        BodyHandlers.ofString());
    }
}
