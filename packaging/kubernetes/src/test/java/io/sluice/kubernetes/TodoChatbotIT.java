package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.kubernetes.helm.RenderedChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The chart with the values of {@code examples/todo-chatbot}. */
class TodoChatbotIT {

    private static final Path FOLDER = Path.of("../..", "examples", "todo-chatbot");
    private static final String BACKEND = "todo-chatbot-backend";

    @Test
    void resourcesAreCalledAsTheContractCallsThem() throws IOException {
        // When
        List<String> names = names(rendered("todo-chatbot"));

        // Then
        assertThat(names)
                .contains("Deployment " + BACKEND, "Service " + BACKEND, "ConfigMap todo-chatbot-backend-config")
                .noneMatch(name -> name.contains("consumer"));
        assertThat(names(rendered("shop"))).contains("Deployment shop-todo-chatbot-backend");
    }

    @Test
    void serviceAndDeploymentAreThoseOfTheContract() throws IOException {
        // When
        Resources chart = rendered("todo-chatbot");

        // Then
        JsonNode service = chart.only("Service").path("spec");
        assertThat(service.path("type").asText()).isEqualTo("NodePort");
        assertThat(service.at("/ports/0/port").intValue()).isEqualTo(8000);
        assertThat(service.at("/ports/0/nodePort").intValue()).isEqualTo(30081);
        JsonNode deployment = chart.only("Deployment").path("spec");
        assertThat(deployment.path("replicas").intValue()).isEqualTo(2);
        assertThat(deployment.at("/strategy/rollingUpdate")).hasToString("{\"maxSurge\":1,\"maxUnavailable\":0}");
        assertThat(deployment.at("/template/spec/securityContext/runAsUser").intValue())
                .isEqualTo(1001);
        assertThat(deployment
                        .at("/template/metadata/labels/app.kubernetes.io~1component")
                        .asText())
                .isEqualTo("backend");
    }

    @Test
    void theContainerIsThatOfTheContract() throws IOException {
        // When
        JsonNode container = rendered("todo-chatbot").only("Deployment").at("/spec/template/spec/containers/0");

        // Then
        assertThat(container.path("name").asText()).isEqualTo("backend");
        assertThat(container.path("resources"))
                .hasToString(
                        "{\"limits\":{\"cpu\":\"1000m\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"500m\",\"memory\":\"512Mi\"}}");
        for (String probe : List.of("livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe))
                    .hasToString(
                            "{\"failureThreshold\":3,\"httpGet\":{\"path\":\"/api/health\",\"port\":8080,\"scheme\":\"HTTP\"},"
                                    + "\"initialDelaySeconds\":15,\"periodSeconds\":10,\"successThreshold\":1,\"timeoutSeconds\":5}");
        }
        assertThat(container.at("/envFrom/0/configMapRef/name").asText()).isEqualTo("todo-chatbot-backend-config");
        assertThat(container.path("env").toString())
                .contains("{\"key\":\"BETTER_AUTH_SECRET\",\"name\":\"todo-chatbot-backend-secret\"");
    }

    @Test
    void theSettingsNameTheEnvironmentAndNoKafka() throws IOException {
        // When
        JsonNode settings = rendered("todo-chatbot").only("ConfigMap").path("data");

        // Then
        assertThat(settings.path("ENVIRONMENT").asText()).isEqualTo("production");
        assertThat(settings.path("LOG_LEVEL").asText()).isEqualTo("INFO");
        assertThat(settings.path("FEATURES").asText()).isEqualTo("tasks");
        assertThat(settings.path("DATABASE_POOL_SIZE").asText()).isEqualTo("10");
        assertThat(settings.has("APP_ENV") || settings.has("KAFKA_BOOTSTRAP_SERVERS"))
                .isFalse();
    }

    @Test
    void theBackendTalksToThoseAloneWhomTheContractNames() throws IOException {
        // When
        Map<String, JsonNode> policies = rendered("todo-chatbot").all().stream()
                .filter(resource -> resource.path("kind").asText().equals("NetworkPolicy"))
                .collect(Collectors.toMap(
                        policy -> policy.at("/metadata/name").asText(), policy -> policy.path("spec")));

        // Then
        assertThat(policies.get(BACKEND).at("/ingress/0/from").toString())
                .contains("{\"podSelector\":{\"matchLabels\":{\"app.kubernetes.io/component\":\"frontend\"}}}");
        assertThat(policies.get(BACKEND + "-node-port").path("ingress"))
                .hasToString("[{\"ports\":[{\"port\":8080,\"protocol\":\"TCP\"}]}]");
        // The pod of the release's test reaches the backend.
        policies.remove("todo-chatbot-smoke-test");
        assertThat(policies.values().stream()
                        .flatMap(policy -> policy.path("egress").findValues("port").stream())
                        .map(JsonNode::intValue)
                        .distinct())
                .containsExactlyInAnyOrder(5432, 443, 53, 5353);
    }

    @Test
    void withKafkaThereIsAConsumerThatReachesIt() throws IOException {
        // When
        Resources chart = rendered("todo-chatbot", "values.yml", "values-kafka.yml");

        // Then
        assertThat(names(chart)).contains("Deployment todo-chatbot-consumer");
        JsonNode settings = chart.only("ConfigMap").path("data");
        assertThat(settings.path("FEATURES").asText()).isEqualTo("tasks,messages");
        assertThat(chart.named("todo-chatbot-backends").all().get(0).at("/spec/egress/0/ports"))
                .extracting(port -> port.path("port").intValue())
                .containsExactly(5432, 443, 9092);
    }

    private static List<String> names(Resources resources) {
        return resources.all().stream()
                .map(resource -> resource.path("kind").asText() + " "
                        + resource.at("/metadata/name").asText())
                .toList();
    }

    private static Resources rendered(String release) throws IOException {
        return rendered(release, "values.yml");
    }

    /** With the values of these files, each over those before it, as Helm does it: but for the first two levels, what comes later replaces. */
    private static Resources rendered(String release, String... files) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        ObjectNode values = yaml.createObjectNode();
        for (String file : files) {
            yaml.readTree(FOLDER.resolve(file).toFile()).properties().forEach(section -> {
                if (section.getValue() instanceof ObjectNode inner) {
                    values.withObject("/" + section.getKey()).setAll(inner);
                } else {
                    values.set(section.getKey(), section.getValue());
                }
            });
        }
        return RenderedChart.of(RenderedChart.FOLDER, release, yaml.writeValueAsString(values))
                .resources();
    }
}
