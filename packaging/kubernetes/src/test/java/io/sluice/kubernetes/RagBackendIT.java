package io.sluice.kubernetes;

import static io.sluice.kubernetes.Pod.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kustomization of {@code examples/rag-backend}. */
class RagBackendIT {

    private static Resources rendered;

    @BeforeAll
    static void render() throws Exception {
        rendered = Kubectl.kustomize(Path.of("../..", "examples", "rag-backend"));
    }

    @Test
    void itIsWhatAReviewerAsksFor() {
        assertThat(SchemaErrors.of(rendered)).isEmpty();
        assertThat(Policy.violations(rendered)).isEmpty();
    }

    @Test
    void theBackendIsOnePodWithTheContractsNameAndLabel() {
        JsonNode backend = only("Deployment", "backend-deployment").path("spec");
        assertThat(only("Deployment", "backend-deployment")
                        .at("/metadata/namespace")
                        .asText())
                .isEqualTo("rag-model");
        assertThat(backend.path("replicas").intValue()).isEqualTo(1);
        assertThat(backend.at("/selector/matchLabels/app").asText()).isEqualTo("backend");
        assertThat(backend.at("/template/metadata/labels/app").asText()).isEqualTo("backend");
        assertThat(elements(container("backend-deployment").path("env"))
                        .filter(variable -> variable.path("name").asText().equals("GROQ_API_KEY"))
                        .map(variable ->
                                variable.at("/valueFrom/secretKeyRef/name").asText()))
                .containsExactly("sluice");
        assertThat(container("backend-deployment")
                        .at("/envFrom/0/configMapRef/name")
                        .asText())
                .isEqualTo("backend-config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backend-deployment", "worker"})
    void whoUsesTheVolumeIsOnOneNodeAndEndsBeforeTheNext(String name) {
        JsonNode deployment = only("Deployment", name);
        assertThat(deployment.at("/spec/strategy")).hasToString("{\"type\":\"Recreate\"}");
        assertThat(deployment.findValuesAsText("claimName")).containsExactly("chroma-pvc");
        assertThat(container(name).path("volumeMounts"))
                .filteredOn(mount -> mount.path("name").asText().equals("storage"))
                .extracting(mount -> mount.path("mountPath").asText())
                .containsExactly("/app/data");
        assertThat(only("PersistentVolumeClaim", "chroma-pvc").at("/spec/accessModes"))
                .hasToString("[\"ReadWriteOnce\"]");
        JsonNode term = only("Deployment", "worker")
                .at("/spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0");
        assertThat(Pod.of(only("Deployment", "backend-deployment"))
                        .orElseThrow()
                        .isSelectedBy(term.path("labelSelector")))
                .isTrue();
    }

    @Test
    void settingsFitWhatThereIs() {
        JsonNode settings = only("ConfigMap", "backend-config").path("data");
        assertThat(settings.path("STORAGE_URL").asText()).isEqualTo("file:///app/data");
        assertThat(settings.path("WORKER_URL").asText())
                .isEqualTo("http://worker:"
                        + only("Service", "worker").at("/spec/ports/0/port").asText());
        assertThat(names()).noneMatch(name -> name.contains("kafka") || name.contains("consumer"));
        assertThat(rendered.has("Secret")).isFalse();
    }

    private static List<String> names() {
        return rendered.all().stream()
                .map(resource -> resource.at("/metadata/name").asText())
                .toList();
    }

    private static JsonNode container(String deployment) {
        return only("Deployment", deployment).at("/spec/template/spec/containers/0");
    }

    private static ObjectNode only(String kind, String name) {
        return rendered.all().stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .filter(resource -> resource.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
