package io.sluice.api.http.body;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.connections.TestLimits;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that takes all the memory there is for bodies, and never ends one, while others post. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class HeldBodiesTest {

    private static final int HELD_BYTES = 1_000_000;
    private static final int HELD_BODIES = (int) (2 * TestLimits.LIMITS.bodiesBytes() / HELD_BYTES);

    private final Vertx vertx = Vertx.vertx();

    @TestHTTPResource
    URI api;

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void bodiesThatAreHeldBackKeepNobodyOut(HttpVersion version) throws Exception {
        // Given
        List<HttpClientRequest> held = new ArrayList<>();
        HttpClient holder = client(version);
        for (int i = 0; i < HELD_BODIES; i++) {
            HttpClientRequest request =
                    done(holder.request(HttpMethod.POST, api.getPort(), api.getHost(), "/api/v1/messages"));
            request.putHeader("content-type", "application/json")
                    .putHeader("content-length", Integer.toString(HELD_BYTES + 100));
            done(request.write(Buffer.buffer(" ".repeat(HELD_BYTES))));
            held.add(request);
        }

        // When
        List<Integer> small = new ArrayList<>();
        List<Integer> large = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            small.add(post(1));
            large.add(post(500_000));
        }

        // Then
        assertThat(small).containsOnly(202);
        assertThat(large).containsOnly(202);
        assertThat(done(held.get(0).response()).statusCode())
                .as("or 408, on a machine that takes its time")
                .isIn(503, 408);
    }

    private int post(int bytes) {
        return given().contentType("application/json")
                .body("{\"payload\":1" + " ".repeat(bytes) + "}")
                .post("/api/v1/messages")
                .statusCode();
    }

    private HttpClient client(HttpVersion version) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1)
                .setMaxPoolSize(HELD_BODIES));
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
