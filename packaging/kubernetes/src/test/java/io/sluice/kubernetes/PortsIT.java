package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ports of the pods: one is for clients and probes, the other for metrics. */
class PortsIT {

    private static final Path ROOT = Path.of("../..");
    private static final Path KUBERNETES = ROOT.resolve("target/kubernetes");
    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9000;

    static List<String> deployments() throws IOException {
        return Program.all(ROOT).stream()
                .filter(Program::isDeployment)
                .map(Program::name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void probesUseOnePortAndMetricsAnother(String program) throws Exception {
        // When
        JsonNode pod = base(program).only("Deployment").at("/spec/template");

        // Then
        JsonNode container = pod.at("/spec/containers/0");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/port").intValue())
                    .as(probe)
                    .isEqualTo(HTTP);
        }
        assertThat(container.path("ports"))
                .filteredOn(port -> port.path("name").asText().equals("management"))
                .extracting(port -> port.path("containerPort").intValue())
                .containsExactly(MANAGEMENT);
        assertThat(pod.at("/metadata/annotations").path("prometheus.io/port").textValue())
                .isEqualTo(Integer.toString(MANAGEMENT));
    }

    @Test
    void noServiceOffersMetrics() throws Exception {
        // When
        JsonNode service = base("api").only("Service");

        // Then
        assertThat(service.at("/spec/ports").findValuesAsText("targetPort")).containsExactly(Integer.toString(HTTP));
        assertThat(base("consumer").all())
                .noneMatch(resource -> resource.path("kind").asText().equals("Service"));
    }

    @Test
    void thePodsHaveThePortsOfTheSettings() throws Exception {
        // Given
        Resources rendered = Kubectl.kustomize(KUBERNETES.resolve("overlays/production"));
        JsonNode settings = rendered.only("ConfigMap").path("data");

        // When
        List<Pod> pods = rendered.all().stream()
                .filter(resource -> resource.path("kind").asText().equals("Deployment"))
                .flatMap(resource -> Pod.of(resource).stream())
                .toList();

        // Then
        assertThat(pods).hasSameSizeAs(deployments()).allSatisfy(pod -> assertThat(
                        pod.containers().get(0).path("ports"))
                .extracting(port -> port.path("name").asText() + " "
                        + port.path("containerPort").asText())
                .containsExactlyInAnyOrder(
                        "http " + settings.path("HTTP_PORT").asText(),
                        "management " + settings.path("MANAGEMENT_PORT").asText()));
    }

    private static Resources base(String program) throws IOException {
        return Resources.read(KUBERNETES.resolve("base").resolve(program + ".yml"));
    }
}
