package io.sluice.api.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Over HTTP/2; {@code RequestTableTest} has what is refused. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class CloudEventHeadersTest {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    @TestHTTPResource("/api/v1/messages")
    URI messages;

    @TestHTTPResource("/health/live")
    URI live;

    @Test
    void aHeaderOfACloudEventIsRefusedOverHttp2Too() throws Exception {
        // Given: a connection that a request without a body has upgraded
        client.send(HttpRequest.newBuilder(live).build(), BodyHandlers.discarding());

        // When
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(messages)
                        .header("Content-Type", "application/json")
                        .header("Ce-Id", "1")
                        .POST(BodyPublishers.ofString("{\"payload\":1}"))
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("{\"header\":\"ce-id\"", "send id in the body");
    }
}
