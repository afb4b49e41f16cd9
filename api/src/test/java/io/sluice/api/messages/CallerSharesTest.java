package io.sluice.api.messages;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.api.http.body.streamed.StreamedBodies;
import io.sluice.api.publishing.Topics;
import io.sluice.api.security.AuthenticationTest;
import io.sluice.api.security.Tokens;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One caller takes half of the places for what lasts, and no more, however slowly it goes on. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AuthenticationTest.WithSecret.class)
class CallerSharesTest {

    private static final String LIST = "/api/v1/messages?subject=shares";
    private static final String LARGEST = "\"" + "x".repeat((1 << 20) - 2) + "\"";

    private final Topics topics;
    private final StreamedBodies bodies;
    private final Rows rows;
    private final List<Socket> clients = new ArrayList<>();

    @TestHTTPResource
    URI api;

    CallerSharesTest(Topics topics, StreamedBodies bodies, Rows rows) {
        this.topics = topics;
        this.bodies = bodies;
        this.rows = rows;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        await().until(() -> bodies.count() == 0);
    }

    @Test
    void whoSendsLongBodiesSlowlyLeavesPlacesToOthers() throws Exception {
        // Given
        int share = StreamedBodies.MAX_BODIES / 2;
        for (int i = 0; i < share; i++) {
            begin("POST /api/v1/messages", "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked");
        }
        await().until(() -> bodies.count() == share);

        // When
        HttpResponse<String> refused = post("alice");
        HttpResponse<String> taken = post("bob");

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        assertThat(taken.statusCode()).isEqualTo(202);
    }

    @Test
    void whoReadsWholeListsSlowlyLeavesPlacesToOthers() throws Exception {
        // Given: more than a connection has room for where nobody reads
        for (int i = 0; i < 40; i++) {
            rows.store(
                    Events.with()
                            .id(UUID.randomUUID())
                            .subject("shares")
                            .payload(LARGEST)
                            .build(),
                    Instant.parse("2026-01-02T12:00:00Z").plusSeconds(i));
        }
        for (int i = 0; i < 2; i++) {
            Socket client = begin("GET " + LIST, "Accept: application/x-ndjson");
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }

        // When
        HttpResponse<String> refused = list("alice");
        HttpResponse<String> taken = list("bob");

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.body()).contains("{\"end\":true,\"messages\":40}");
    }

    private Socket begin(String request, String headers) throws IOException {
        Socket client = new Socket(api.getHost(), api.getPort());
        clients.add(client);
        client.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: api\r\nAuthorization: " + bearer("alice") + "\r\n" + headers
                                + "\r\n\r\n")
                        .getBytes(UTF_8));
        return client;
    }

    private HttpResponse<String> post(String caller) throws Exception {
        return send(HttpRequest.newBuilder(api.resolve("/api/v1/messages"))
                .header("Authorization", bearer(caller))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString("{\"payload\":1}\n"))
                .build());
    }

    private HttpResponse<String> list(String caller) throws Exception {
        return send(HttpRequest.newBuilder(api.resolve(LIST))
                .header("Authorization", bearer(caller))
                .header("Accept", "application/x-ndjson")
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    private static String bearer(String subject) {
        return "Bearer " + Tokens.signed(claims -> claims.setSubject(subject));
    }
}
