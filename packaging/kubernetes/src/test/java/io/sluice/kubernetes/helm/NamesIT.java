package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that a deployment chooses for resources, programs and keys. */
class NamesIT {

    @ParameterizedTest
    @CsvSource({"shop, shop-todo", "todo, todo", "my-todo, my-todo"})
    void allNamesBeginWithReleaseAndApplication(String release, String prefix) throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(release, "nameOverride: todo");

        // Then
        assertThat(chart.names()).isNotEmpty().allMatch(name -> name.matches("\\w+ " + prefix + "(-[a-z0-9-]+)?"));
        assertThat(chart.names()).contains("Service " + prefix + "-api", "ConfigMap " + prefix);
    }

    @Test
    void theLengthOfBothIsBounded() {
        assertThatThrownBy(() -> RenderedChart.text("a-release-of-twenty-nine-chars", "nameOverride: an-application"))
                .hasMessageContaining("at most 41 letters, digits and dashes, with nameOverride behind it");
    }

    @Test
    void theApisComponentIsInItsNamesAndLabels() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                api: {component: backend, autoscaling: {enabled: true}}
                ingress: {enabled: true, hosts: [{host: api.example.com}]}
                httpRoute: {enabled: true, parentRefs: [{name: public}]}
                """);

        // Then
        assertThat(chart.names()).noneMatch(name -> name.contains("todo-api"));
        JsonNode deployment = chart.get("Deployment", "todo-backend");
        assertThat(deployment.at("/spec/template/spec/containers/0/name").textValue())
                .isEqualTo("backend");
        for (JsonNode owner :
                new JsonNode[] {deployment, deployment.at("/spec/template"), chart.get("Service", "todo-backend")}) {
            assertThat(owner.at("/metadata/labels/app.kubernetes.io~1component").textValue())
                    .isEqualTo("backend");
        }
        assertThat(chart.get("HorizontalPodAutoscaler", "todo-backend")
                        .at("/spec/scaleTargetRef/name")
                        .textValue())
                .isEqualTo("todo-backend");
        assertThat(chart.get("Ingress", "todo-backend")
                        .findValue("service")
                        .path("name")
                        .textValue())
                .isEqualTo("todo-backend");
        assertThat(chart.get("HTTPRoute", "todo-backend")
                        .findValue("backendRefs")
                        .at("/0/name")
                        .textValue())
                .isEqualTo("todo-backend");
    }

    @Test
    void configMapAndSecretEndInTheirSuffixes() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                configMap: {nameSuffix: config}
                secret: {nameSuffix: secret, data: {DATABASE_URL: x}}
                """);

        // Then
        assertThat(chart.names()).contains("ConfigMap todo-config", "Secret todo-secret");
        JsonNode pod = chart.get("Deployment", "todo-api").at("/spec/template/spec");
        assertThat(pod.findValue("configMapRef").path("name").textValue()).isEqualTo("todo-config");
        assertThat(pod.findValue("secretKeyRef").path("name").textValue()).isEqualTo("todo-secret");
        assertThat(pod.findValue("secretName").textValue()).isEqualTo("todo-secret");
    }

    @Test
    void keysOfTheSecretAreCalledAsTheValuesSay() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                secret:
                  keys: {AUTH_SECRET: BETTER_AUTH_SECRET, DATABASE_URL: uri}
                  data: {DATABASE_URL: x, AUTH_SECRET: secret-of-32-characters-or-more.}
                """);

        // Then
        assertThat(chart.get("Secret", "todo").path("stringData"))
                .hasToString("{\"BETTER_AUTH_SECRET\":\"secret-of-32-characters-or-more.\",\"uri\":\"x\"}");
        assertThat(chart.container("todo-api").path("env").toString())
                .contains("{\"name\":\"AUTH_SECRET\",\"valueFrom\":{\"secretKeyRef\":{\"key\":\"BETTER_AUTH_SECRET\"");
        for (JsonNode pod : new JsonNode[] {
            chart.get("Deployment", "todo-api").at("/spec/template/spec"),
            chart.resources().only("Job").at("/spec/template/spec"),
            chart.resources().only("CronJob").at("/spec/jobTemplate/spec/template/spec")
        }) {
            assertThat(pod.findValue("items")).hasToString("[{\"key\":\"uri\",\"path\":\"DATABASE_URL\"}]");
        }
    }

    @Test
    void thereIsNoConsumerWhereNoneIsWanted() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("consumer: {enabled: false}");

        // Then
        assertThat(chart.names())
                .noneMatch(name -> name.endsWith("todo-consumer"))
                .contains("Deployment todo-api", "PodDisruptionBudget todo-api");
    }

    @Test
    void theApiAsksTheWorkerOfItsRelease() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("shop", "nameOverride: todo");

        // Then
        JsonNode service = chart.get("Service", "shop-todo-worker").path("spec");
        assertThat(chart.get("ConfigMap", "shop-todo").at("/data/WORKER_URL").textValue())
                .isEqualTo("http://shop-todo-worker:%d"
                        .formatted(service.at("/ports/0/port").intValue()));
        assertThat(service.path("selector"))
                .hasToString("{\"app.kubernetes.io/name\":\"worker\",\"app.kubernetes.io/instance\":\"shop\"}");
        assertThat(chart.get("NetworkPolicy", "shop-todo-worker")
                        .at("/spec/ingress/0/from/0/podSelector/matchLabels/app.kubernetes.io~1instance")
                        .textValue())
                .isEqualTo("shop");
    }

    @Test
    void anotherWorkerMayBeNamed() throws IOException {
        assertThat(RenderedChart.of("settings: {WORKER_URL: 'https://ranking.example.com'}")
                        .get("ConfigMap", "todo")
                        .at("/data/WORKER_URL")
                        .textValue())
                .isEqualTo("https://ranking.example.com");
    }

    @Test
    void whereThereIsNoWorkerNoneIsAsked() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("worker: {enabled: false}");

        // Then
        assertThat(chart.names()).noneMatch(name -> name.contains("worker"));
        assertThat(chart.get("ConfigMap", "todo").at("/data/WORKER_URL").textValue())
                .isEmpty();
    }

    @Test
    void furtherClientsAreAdmittedBesideLabelledNamespaces() throws IOException {
        // When
        JsonNode from = RenderedChart.of(
                        "networkPolicies: {clients: [{podSelector: {matchLabels: {app.kubernetes.io/component: frontend}}}]}")
                .get("NetworkPolicy", "todo-api")
                .at("/spec/ingress/0/from");

        // Then
        assertThat(from).hasSize(2);
        assertThat(from.at("/0/namespaceSelector/matchLabels/sluice.io~1client").textValue())
                .isEqualTo("true");
        assertThat(from.at("/1/podSelector/matchLabels/app.kubernetes.io~1component")
                        .textValue())
                .isEqualTo("frontend");
    }
}
