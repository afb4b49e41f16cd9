package io.sluice.api.http.filters;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class Http2BoundsTest {

    private static final int MAX_STREAMS = 100;
    private static final int MAX_RESETS = 200;

    private final Vertx vertx = Vertx.vertx();
    private HttpClient client;

    @TestHTTPResource
    URI api;

    @BeforeEach
    void connect() {
        client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1));
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void aBodyThatTricklesInEndsItsRequestAndNoOtherOfTheConnection() throws Exception {
        // Given
        HttpClientRequest slow = begin(HttpMethod.POST, "/api/v1/messages");
        slow.putHeader("content-type", "application/json").setChunked(true);
        Future<Answer> answer = answer(slow);

        // When
        done(slow.write("{\"payl"));
        Answer late = done(answer);

        // Then
        assertThat(late.status()).isEqualTo(408);
        assertThat(late.body()).contains("\"code\":\"request-timeout\"");
        HttpClientRequest next = begin(HttpMethod.GET, "/health/live");
        assertThat(done(next.send()).statusCode()).isEqualTo(200);
        assertThat(next.connection()).isSameAs(slow.connection());
    }

    @Test
    void aRefusedRequestThatWaitsToSendItsBodyEndsNoOtherOfTheConnection() throws Exception {
        // Given
        HttpClientRequest waiting = begin(HttpMethod.POST, "/api/v1/messages");
        waiting.putHeader("content-type", "text/plain")
                .putHeader("expect", "100-continue")
                .setChunked(true);
        Future<Answer> answer = answer(waiting);

        // When
        done(waiting.sendHead());
        Answer refused = done(answer);

        // Then
        assertThat(refused.status()).isEqualTo(415);
        HttpClientRequest next = begin(HttpMethod.GET, "/health/live");
        assertThat(done(next.send()).statusCode()).isEqualTo(200);
        assertThat(next.connection()).isSameAs(waiting.connection());
    }

    @Test
    void headersThatAreTooLargeGetADocument() throws Exception {
        HttpClientRequest request = begin(HttpMethod.GET, "/health/live");
        request.putHeader("a", "x".repeat(30_000));
        Future<Answer> response = answer(request);

        done(request.send());
        Answer answer = done(response);

        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("\"code\":\"headers-too-large\"");
    }

    @Test
    void streamsAreLimited() throws Exception {
        HttpClientRequest request = begin(HttpMethod.GET, "/health/live");
        done(request.send());

        assertThat(request.connection().remoteSettings().getMaxConcurrentStreams())
                .isEqualTo(MAX_STREAMS);
    }

    @Test
    void whoResetsStreamAfterStreamLosesTheConnection() throws Exception {
        // Given
        HttpClientRequest first = begin(HttpMethod.GET, "/health/live");
        AtomicBoolean closed = new AtomicBoolean();
        first.connection().closeHandler(unused -> closed.set(true));
        done(first.send());

        // When
        for (int i = 0; i <= MAX_RESETS; i++) {
            HttpClientRequest next = begin(HttpMethod.POST, "/api/v1/messages");
            // Waits for its body, so that no answer comes before the reset.
            next.putHeader("content-type", "application/json").setChunked(true);
            Future<Void> unused = next.sendHead().onComplete(sent -> next.reset());
            assertThatThrownBy(() -> done(next.response())).isInstanceOf(ExecutionException.class);
        }

        // Then
        await().untilTrue(closed);
    }

    /** RFC 9113, section 8.2.2: what frames a request of HTTP/1.1, and could frame another one behind whoever translates it. */
    @ParameterizedTest
    @CsvSource({
        "connection, keep-alive",
        "keep-alive, timeout=5",
        "proxy-connection, keep-alive",
        "transfer-encoding, chunked",
        "upgrade, websocket",
        "te, gzip"
    })
    void aHeaderThatOnlyHttp11HasEndsTheRequest(String header, String value) throws Exception {
        HttpClientRequest request = begin(HttpMethod.POST, "/api/v1/messages");
        request.putHeader("content-type", "application/json").putHeader(header, value);

        Future<HttpClientResponse> response = request.send("{\"payload\":1}");

        assertThatThrownBy(() -> done(response)).hasCauseInstanceOf(StreamResetException.class);
    }

    /** RFC 9113, section 8.1.1. */
    @ParameterizedTest
    @ValueSource(ints = {5, 12, 14, 100})
    void aBodyThatIsNotAsLongAsItSaysEndsTheRequest(int length) throws Exception {
        HttpClientRequest request = begin(HttpMethod.POST, "/api/v1/messages");
        request.putHeader("content-type", "application/json").putHeader("content-length", Integer.toString(length));

        Future<HttpClientResponse> response = request.send("{\"payload\":1}");

        assertThatThrownBy(() -> done(response)).hasCauseInstanceOf(StreamResetException.class);
    }

    private record Answer(int status, String body) {}

    /** Waits for the answer; to be called before anything is sent, because a body that nobody waits for is lost. */
    private static Future<Answer> answer(HttpClientRequest request) {
        return request.response()
                .compose(head -> head.body().map(body -> new Answer(head.statusCode(), body.toString())));
    }

    private HttpClientRequest begin(HttpMethod method, String path) throws Exception {
        return done(client.request(method, api.getPort(), api.getHost(), path));
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
