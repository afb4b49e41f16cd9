package io.sluice.api.messages.stream;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.api.publishing.Topics;
import io.sluice.api.security.AuthenticationTest;
import io.sluice.api.security.Tokens;
import io.sluice.testkit.SluiceServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A stream lasts no longer than the token that it was asked for with. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AuthenticationTest.WithSecret.class)
class StreamTokenTest {

    private static final float LASTS_SECONDS = 4;

    private final Topics topics;

    @TestHTTPResource
    URI api;

    StreamTokenTest(Topics topics) {
        this.topics = topics;
    }

    @Test
    void itsEndSaysWhyAndTheTokenIsRefusedThen() throws Exception {
        // Given
        await().until(() -> topics.seen() && topics.current() != null);
        String token = Tokens.signed(claims -> claims.setExpirationTimeMinutesInTheFuture(LASTS_SECONDS / 60));

        // When
        HttpResponse<String> stream = follow(token);

        // Then
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body()).endsWith("event: closed\ndata: {\"reason\":\"token-expired\"}\n\n");
        assertThat(follow(token).statusCode()).isEqualTo(401);
    }

    /** Follows to the end. */
    private HttpResponse<String> follow(String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api.resolve("/api/v1/messages/stream"))
                                .header("Accept", "text/event-stream")
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }
}
