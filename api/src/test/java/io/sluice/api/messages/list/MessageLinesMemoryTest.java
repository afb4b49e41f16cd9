package io.sluice.api.messages.list;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.api.OtherSettings;
import io.sluice.api.messages.Rows;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whole lists beside other reads, with the memory of a heap of 64 MiB. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(OtherSettings.class)
class MessageLinesMemoryTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String PAYLOAD = "\"" + "x".repeat(256 << 10) + "\"";

    /** More than a connection has room for where nobody reads. */
    private static final int MANY = 80;

    private final String subject = "memory-" + UUID.randomUUID();
    private final Rows rows;

    @TestHTTPResource
    URI api;

    MessageLinesMemoryTest(Rows rows) {
        this.rows = rows;
    }

    @Test
    void listsThatNobodyReadsLeaveMemoryToOtherReads() throws Exception {
        // Given
        UUID id = UUID.randomUUID();
        rows.store(Events.with().id(id).subject(subject).payload(PAYLOAD).build(), NOON);
        for (int i = 1; i < MANY; i++) {
            rows.store(Events.with().subject(subject).payload(PAYLOAD).build(), NOON.plusSeconds(i));
        }
        List<Socket> clients = new ArrayList<>();
        try {
            // When
            for (int i = 0; i < MessageLists.AT_ONCE; i++) {
                Socket client = begin();
                clients.add(client);
                assertThat(client.getInputStream().readNBytes(12))
                        .asString(UTF_8)
                        .isEqualTo("HTTP/1.1 200");
            }

            // Then
            given().get("/api/v1/messages/" + id).then().statusCode(200);
            given().queryParam("subject", subject)
                    .get("/api/v1/messages")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private Socket begin() throws IOException {
        Socket client = new Socket(api.getHost(), api.getPort());
        client.getOutputStream()
                .write(("GET /api/v1/messages?subject=" + subject
                                + " HTTP/1.1\r\nHost: a\r\nAccept: application/x-ndjson\r\nConnection: close\r\n\r\n")
                        .getBytes(UTF_8));
        return client;
    }
}
