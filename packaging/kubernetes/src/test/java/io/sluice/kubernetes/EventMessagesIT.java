package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.kubernetes.helm.RenderedChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart with the values of {@code examples/event-messages}. */
class EventMessagesIT {

    private static final Path VALUES = Path.of("../..", "examples", "event-messages", "values.yml");

    @ParameterizedTest
    @CsvSource({
        "backend-api,      requests, 100m, 256Mi",
        "backend-api,      limits,   200m, 512Mi",
        "backend-consumer, requests, 100m, 256Mi",
        "backend-consumer, limits,   200m, 512Mi",
    })
    void eachProgramHasTheContractsResources(String deployment, String kind, String cpu, String memory)
            throws IOException {
        // When
        JsonNode resources = container(deployment).path("resources").path(kind);

        // Then
        assertThat(resources.path("cpu").asText()).isEqualTo(cpu);
        assertThat(resources.path("memory").asText()).isEqualTo(memory);
    }

    @Test
    void servesAtItsNodePortAndIsAskedForItsHealth() throws IOException {
        // When
        JsonNode port = rendered().only("Service").at("/spec/ports/0");
        JsonNode api = container("backend-api");

        // Then
        assertThat(port.path("port").intValue()).isEqualTo(8080);
        assertThat(port.path("nodePort").intValue()).isEqualTo(30080);
        assertThat(api.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health");
        assertThat(api.at("/readinessProbe/initialDelaySeconds").intValue()).isEqualTo(15);
        assertThat(api.at("/readinessProbe/periodSeconds").intValue()).isEqualTo(30);
        assertThat(api.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health");
        assertThat(api.at("/livenessProbe/initialDelaySeconds").intValue()).isEqualTo(30);
        assertThat(api.at("/livenessProbe/periodSeconds").intValue()).isEqualTo(60);
    }

    @Test
    void theConsumerIsAliveAsLongAsACommandSaysSo() throws IOException {
        // When
        JsonNode probe = container("backend-consumer").path("livenessProbe");

        // Then
        assertThat(probe.at("/exec/command").isArray()).isTrue();
        assertThat(probe.path("initialDelaySeconds").intValue()).isEqualTo(30);
        assertThat(probe.path("periodSeconds").intValue()).isEqualTo(60);
    }

    private static JsonNode container(String deployment) throws IOException {
        return rendered().all().stream()
                .filter(resource -> resource.path("kind").asText().equals("Deployment"))
                .filter(resource -> resource.at("/metadata/name").asText().equals(deployment))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec/containers/0");
    }

    private static Resources rendered() throws IOException {
        return RenderedChart.of(RenderedChart.FOLDER, "backend", Files.readString(VALUES))
                .resources();
    }
}
