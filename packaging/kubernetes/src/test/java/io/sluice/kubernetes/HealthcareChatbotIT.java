package io.sluice.kubernetes;

import static io.sluice.kubernetes.Pod.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kustomization of {@code examples/healthcare-chatbot}, and its {@code docker-compose.yml}. */
class HealthcareChatbotIT {

    private static final Path FOLDER = Path.of("../..", "examples", "healthcare-chatbot");

    private static Resources rendered;

    @BeforeAll
    static void render() throws Exception {
        rendered = Kubectl.kustomize(FOLDER);
    }

    @Test
    void itIsWhatAReviewerAsksFor() {
        assertThat(SchemaErrors.of(rendered)).isEmpty();
        assertThat(Policy.violations(rendered)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "backend-orchestrator, 200m, 256Mi, 400m, 512Mi",
        "rag-service,          250m, 512Mi, 500m, 1Gi",
    })
    void eachProgramIsThatOfTheContract(String name, String cpu, String memory, String cpuLimit, String memoryLimit) {
        JsonNode deployment = only("Deployment", name);
        assertThat(container(deployment).path("resources"))
                .hasToString(
                        "{\"limits\":{\"cpu\":\"%s\",\"memory\":\"%s\"},\"requests\":{\"cpu\":\"%s\",\"memory\":\"%s\"}}"
                                .formatted(cpuLimit, memoryLimit, cpu, memory));
        assertThat(container(deployment).at("/envFrom/0/configMapRef/name").asText())
                .isEqualTo(name + "-config");
        JsonNode service = only("Service", name).path("spec");
        assertThat(service.path("type").asText("ClusterIP")).isEqualTo("ClusterIP");
        assertThat(service.at("/ports/0/port").intValue()).isEqualTo(8000);
    }

    @ParameterizedTest
    @CsvSource({"backend-orchestrator", "rag-service"})
    void thereAreTwoToTenPodsByCpuAndMemory(String name) {
        JsonNode autoscaler = only("HorizontalPodAutoscaler", name).path("spec");
        assertThat(autoscaler.at("/scaleTargetRef/name").asText()).isEqualTo(name);
        assertThat(autoscaler.path("minReplicas").intValue()).isEqualTo(2);
        assertThat(autoscaler.path("maxReplicas").intValue()).isEqualTo(10);
        assertThat(elements(autoscaler.path("metrics")).map(metric -> metric.path("resource")))
                .extracting(resource -> resource.path("name").asText() + " "
                        + resource.at("/target/averageUtilization").intValue())
                .containsExactly("cpu 70", "memory 80");
    }

    /** Ten pods of each kind, and the consumer, have no more connections than PostgreSQL has for others than its superuser. */
    @Test
    void allPodsTogetherHaveTheirConnections() {
        int orchestrator = pool("backend-orchestrator-config");
        int service = pool("rag-service-config");
        assertThat(10 * orchestrator + 10 * service + orchestrator).isLessThanOrEqualTo(97);
    }

    @Test
    void keysOfProvidersAreForTheOrchestratorAlone() {
        assertThat(container(only("Deployment", "backend-orchestrator")).at("/envFrom/1/secretRef"))
                .hasToString("{\"name\":\"backend-orchestrator-secrets\",\"optional\":true}");
        assertThat(container(only("Deployment", "rag-service")).path("envFrom")).hasSize(1);
        assertThat(rendered.has("Secret")).isFalse();
    }

    @Test
    void modelsAreReadFromAVolumeThatNoPodWritesTo() {
        JsonNode claim = only("PersistentVolumeClaim", "rag-service-model-cache");
        assertThat(claim.at("/spec/resources/requests/storage").asText()).isEqualTo("2Gi");
        assertThat(container(only("Deployment", "rag-service")).path("volumeMounts"))
                .anySatisfy(mount -> assertThat(mount)
                        .hasToString("{\"mountPath\":\"/models\",\"name\":\"model-cache\",\"readOnly\":true}"));
    }

    @Test
    void theOrchestratorFindsTheServiceThatRanks() {
        assertThat(only("ConfigMap", "backend-orchestrator-config")
                        .at("/data/WORKER_URL")
                        .asText())
                .isEqualTo("http://rag-service:8000");
        assertThat(rendered.all().toString()).doesNotContain("\"configMapRef\":{\"name\":\"sluice");
    }

    /** Without Docker nothing of it can be run, but settings and images can be compared. */
    @Test
    void composeHasTheImagesAndTheSettingsOfTheCluster() throws IOException {
        // When
        JsonNode services = new YAMLMapper()
                .readTree(FOLDER.resolve("docker-compose.yml").toFile())
                .path("services");

        // Then
        assertThat(elements(services).map(HealthcareChatbotIT::image).collect(Collectors.toSet()))
                .isEqualTo(rendered.all().stream()
                        .flatMap(resource -> Pod.of(resource).stream())
                        .map(pod -> image(pod.containers().get(0)))
                        .collect(Collectors.toSet()));
        for (String name : Set.of("backend-orchestrator", "rag-service")) {
            JsonNode cluster = only("ConfigMap", name + "-config").path("data");
            JsonNode compose = services.path(name).path("environment");
            for (String setting : Set.of("APP_ENV", "FEATURES", "WORKER_URL", "STORAGE_URL", "HTTP_PORT")) {
                assertThat(compose.path(setting).asText())
                        .as(name + " " + setting)
                        .isEqualTo(cluster.path(setting).asText().replace("rag-service:8000", "rag-service:8080"));
            }
        }
    }

    /** Name without registry; with the version, unless it is one of this build. */
    private static String image(JsonNode container) {
        String image = container.path("image").asText().replaceFirst(".*/", "");
        return image.matches("(api|consumer|init-job|worker):.*") ? image.replaceFirst(":.*", "") : image;
    }

    private static int pool(String configMap) {
        return only("ConfigMap", configMap).at("/data/DATABASE_POOL_SIZE").asInt();
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private static ObjectNode only(String kind, String name) {
        return rendered.all().stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .filter(resource -> resource.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
