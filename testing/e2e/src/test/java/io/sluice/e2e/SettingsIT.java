package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.e2e.Client.Answer;
import io.sluice.local.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings of the environment that can only be seen from outside. */
class SettingsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Client client = Sluice.client();

    @Test
    void browsersMayCallFromTheOriginsThatAreNamed() {
        Answer answer = client.get("/api/v1/messages", "Origin", Sluice.ORIGIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(Sluice.ORIGIN);
        assertThat(answer.header("access-control-expose-headers").split(","))
                .contains("Location", "Link", "Retry-After", "Preference-Applied", "RateLimit", "RateLimit-Policy");
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("false");
    }

    @Test
    void browsersMaySendTheHeadersThatTheApiTakes() {
        Answer answer = client.send(
                "OPTIONS",
                "/api/v1/messages",
                "Origin",
                Sluice.ORIGIN,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type,idempotency-key,prefer,traceparent");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(Sluice.ORIGIN);
        assertThat(answer.header("access-control-allow-methods").split(",")).contains("POST");
        assertThat(answer.header("access-control-allow-headers").split(","))
                .contains("authorization", "content-type", "idempotency-key", "prefer", "traceparent");
    }

    @Test
    void whatBrowsersSendFromTheOriginsThatAreNamedIsAnsweredAsToAnybody() {
        assertThat(client.post("{\"payload\":1}", "Origin", Sluice.ORIGIN).status())
                .isEqualTo(202);
        assertThat(client.send("HEAD", "/health/live", "Origin", Sluice.ORIGIN).status())
                .isEqualTo(200);
        assertThat(client.send("PUT", "/api/v1/messages", "Origin", Sluice.ORIGIN)
                        .status())
                .isEqualTo(405);
    }

    @Test
    void browsersMayCallFromNoOtherOrigin() {
        Answer answer = client.post("{\"payload\":1}", "Origin", "https://evil.example.com");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("code").textValue()).isEqualTo("origin-refused");
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void everyLineOfALogIsAnObjectOfJson() throws IOException {
        for (ManagedProcess program :
                List.of(Sluice.platform().api(), Sluice.platform().consumer())) {
            List<String> lines = Files.readAllLines(program.log());

            assertThat(lines).as(program.name()).isNotEmpty();
            for (String line : lines) {
                JsonNode record = JSON.readTree(line);
                assertThat(record.path("level").textValue()).as(line).isNotEmpty();
                assertThat(record.path("message").textValue()).as(line).isNotEmpty();
            }
        }
    }
}
