package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources for Kubernetes that the build makes. */
class KubernetesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9000;

    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer"})
    void probesAndTheServiceUseOnePortAndMetricsAnother(String program) throws IOException {
        // Given
        JsonNode pod = resource(program, "Deployment").at("/spec/template");
        JsonNode container = pod.at("/spec/containers/0");

        // Then
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/port").intValue())
                    .as(probe)
                    .isEqualTo(HTTP);
        }
        assertThat(resource(program, "Service").at("/spec/ports").findValuesAsText("targetPort"))
                .containsExactly(Integer.toString(HTTP));
        assertThat(container.path("ports"))
                .filteredOn(port -> port.path("name").textValue().equals("management"))
                .extracting(port -> port.path("containerPort").intValue())
                .containsExactly(MANAGEMENT);
        assertThat(pod.at("/metadata/annotations").path("prometheus.io/port").textValue())
                .isEqualTo(Integer.toString(MANAGEMENT));
    }

    private static JsonNode resource(String program, String kind) throws IOException {
        Path file = Path.of("..", program, "target", "kubernetes", "kubernetes.json");
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode resource : JSON.readTree(file.toFile())) {
            if (resource.path("kind").textValue().equals(kind)) {
                found.add(resource);
            }
        }
        assertThat(found).as("%s in %s", kind, file).hasSize(1);
        return found.get(0);
    }
}
