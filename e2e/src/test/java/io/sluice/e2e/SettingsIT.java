package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings of the environment that can only be seen from outside. */
class SettingsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Client client = Sluice.client();

    @Test
    void browsersMayCallFromTheOriginsThatAreNamedAndFromNoOther() {
        assertThat(client.get("/api/v1/messages", "Origin", Sluice.ORIGIN).header("access-control-allow-origin"))
                .isEqualTo(Sluice.ORIGIN);
        assertThat(client.get("/api/v1/messages", "Origin", "https://evil.example.com")
                        .header("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void everyLineOfALogIsAnObjectOfJson() throws IOException {
        for (Part program : List.of(Sluice.platform().api(), Sluice.platform().consumer())) {
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
