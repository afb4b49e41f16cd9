package io.sluice.api.requests;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.api.security.OneRequestASecond;
import io.sluice.api.security.Tokens;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A new resource has methods, authentication, a rate and metrics, and nothing but its class says so: {@link ThingsResource}. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(OneRequestASecond.class)
class NewResourceTest {

    private final MeterRegistry registry;

    @TestHTTPResource
    URI api;

    NewResourceTest(MeterRegistry registry) {
        this.registry = registry;
    }

    private Answer exchange(Request request) throws IOException {
        try (Connection connection = new Connection(api)) {
            return connection.exchange(request);
        }
    }

    private static Request with(String scope, Request request) {
        String token = Tokens.signed(claims -> {
            claims.setSubject(UUID.randomUUID().toString());
            claims.setStringClaim("scope", scope);
        });
        return request.with("Authorization: Bearer " + token);
    }

    @Test
    void itAnswersForItsMethodsAlone() throws IOException {
        Answer options = exchange(Request.of("OPTIONS", "/test/things/1"));
        Answer delete = exchange(Request.of("DELETE", "/test/things/"));

        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(delete.status()).isEqualTo(405);
        assertThat(delete.header("Allow")).isEqualTo("OPTIONS, POST");
    }

    @Test
    void itTakesATokenWithItsScope() throws IOException {
        Request get = Request.get("/test/things/1");

        assertThat(exchange(get).status()).isEqualTo(401);
        assertThat(exchange(get.with("Authorization: Bearer garbage")).text()).contains("unauthenticated");
        assertThat(exchange(with("messages:read", get)).status()).isEqualTo(403);
        Answer answer = exchange(with("tasks", get));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"caller\";q=1;w=1");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void itIsCountedByItsTemplate() throws IOException {
        exchange(with("tasks", Request.get("/test/things/2")));

        await().until(() -> !registry.find("http.server.requests")
                .tag("uri", "/test/things/{id}")
                .tag("status", "200")
                .timers()
                .isEmpty());
        assertThat(registry.find("http.server.requests")
                        .tag("uri", "/test/things/2")
                        .timers())
                .isEmpty();
    }
}
