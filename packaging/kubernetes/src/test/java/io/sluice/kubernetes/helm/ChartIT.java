package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.sluice.kubernetes.Program;
import io.sluice.kubernetes.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartIT {

    private static final String DEFAULTS = "";
    private static final Path KUSTOMIZE = Path.of("../../target/kubernetes");

    @Test
    void helmFindsNothingToSayAboutIt() {
        // Given
        Helm chart = new Helm(RenderedChart.FOLDER);

        // When
        LintResult lint = chart.lint().strict().quiet().call();

        // Then
        assertThat(lint.getMessages()).isEmpty();
        assertThat(lint.isFailed()).isFalse();
    }

    static Stream<String> resources() throws IOException {
        Stream<String> programs =
                Program.all(Path.of("../..")).stream().map(program -> "base/%s.yml".formatted(program.name()));
        return Stream.concat(
                programs,
                Stream.of(
                        "base/retention.yml",
                        "components/autoscaling/autoscaler.yml",
                        "components/autoscaling/worker-autoscaler.yml",
                        "components/disruption/disruption-budgets.yml",
                        "components/monitoring/pod-monitor.yml",
                        "components/network-policies/api.yml",
                        "components/network-policies/default-deny.yml",
                        "components/network-policies/dns.yml",
                        "components/network-policies/monitoring.yml",
                        "components/retrieval/network-policies.yml",
                        "components/retrieval/service.yml",
                        "overlays/production/network-policies.yml"));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void hasWhatKustomizeHas(String file) throws IOException {
        // Given
        String withAll =
                "{api: {autoscaling: {enabled: true}}, worker: {autoscaling: {enabled: true}}, podMonitor: {enabled: true}}";

        // When
        List<ObjectNode> rendered =
                RenderedChart.of(withAll).all().map(Unreleased::of).toList();

        // Then
        List<ObjectNode> kustomized = Resources.read(KUSTOMIZE.resolve(file)).all();
        assertThat(rendered).containsAll(kustomized.stream().map(Unreleased::of).toList());
    }

    @Test
    void hasTheSettingsThatKustomizeHas() throws IOException {
        // When
        JsonNode data = RenderedChart.of(DEFAULTS).get("ConfigMap", "todo").path("data");

        // Then
        List<String> settings = data.properties().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue().textValue())
                .toList();
        assertThat(settings)
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(KUSTOMIZE.resolve("base/settings.env")).stream()
                        .filter(line -> line.matches("\\w+=.*"))
                        .map(line -> line.equals("WORKER_URL=") ? "WORKER_URL=http://todo-worker:8080" : line)
                        .toList());
    }

    @Test
    void rendersTheSameTwice() throws IOException {
        assertThat(RenderedChart.text("todo", DEFAULTS)).isEqualTo(RenderedChart.text("todo", DEFAULTS));
    }

    @Test
    void keepsTwoReleasesApart() throws IOException {
        // When
        RenderedChart one = RenderedChart.of("one", DEFAULTS);
        RenderedChart two = RenderedChart.of("two", DEFAULTS);

        // Then
        assertThat(one.names()).doesNotContainAnyElementsOf(two.names());
        assertThat(one.names()).allMatch(name -> name.matches("\\w+ one(-[a-z0-9-]+)?"));
        assertThat(selectors(one)).hasSizeGreaterThan(10).allMatch(selector -> selector.contains("\"one\""));
    }

    /** Returns the selectors of the release's pods, without those of namespaces and of the cluster's DNS. */
    private static List<String> selectors(RenderedChart chart) {
        Stream<JsonNode> selectors = chart.all()
                .flatMap(resource -> Stream.of("selector", "podSelector", "labelSelector")
                        .flatMap(field -> resource.findValues(field).stream()));
        return selectors
                .filter(selector -> !selector.isEmpty() && selector.findValue("k8s-app") == null)
                .map(JsonNode::toString)
                .toList();
    }

    @Test
    void leavesTheNumberOfPodsToTheAutoscaler() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("api: {replicas: 4, autoscaling: {enabled: true, maxReplicas: 20}}");

        // Then
        assertThat(chart.get("Deployment", "todo-api").path("spec").has("replicas"))
                .isFalse();
        assertThat(chart.get("HorizontalPodAutoscaler", "todo-api")
                        .at("/spec/maxReplicas")
                        .intValue())
                .isEqualTo(20);
        assertThat(chart.container("todo-api").at("/resources/requests/memory").asText())
                .isEqualTo("512Mi");
        assertThat(RenderedChart.of("api: {replicas: 4}")
                        .get("Deployment", "todo-api")
                        .at("/spec/replicas")
                        .intValue())
                .isEqualTo(4);
    }

    @Test
    void takesEachProgramsImageResourcesAndEnvironment() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of(
                """
                api: {image: {repository: registry.example/api, tag: 1.2.3, pullPolicy: Always}, env: {LOG_LEVEL: DEBUG}}
                consumer: {replicas: 3, image: {tag: "1.2.4"}, resources: {limits: {cpu: 2}}, env: {QUARKUS_HTTP_IO_THREADS: 2}}
                initJob: {image: {tag: "1.2.5"}, env: {TOPIC_PARTITIONS: 1000000}}
                imagePullSecrets: [{name: registry}]
                """);

        // Then
        assertThat(chart.container("todo-api").path("image").asText()).isEqualTo("registry.example/api:1.2.3");
        assertThat(chart.container("todo-api").path("imagePullPolicy").asText()).isEqualTo("Always");
        assertThat(env(chart.container("todo-api"))).contains("{\"name\":\"LOG_LEVEL\",\"value\":\"DEBUG\"}");
        assertThat(chart.get("Deployment", "todo-consumer").at("/spec/replicas").intValue())
                .isEqualTo(3);
        assertThat(chart.container("todo-consumer").path("image").asText()).endsWith("/consumer:1.2.4");
        assertThat(chart.container("todo-consumer").at("/resources/limits/cpu").asText())
                .isEqualTo("2");
        assertThat(env(chart.container("todo-consumer")))
                .contains("{\"name\":\"QUARKUS_HTTP_IO_THREADS\",\"value\":\"2\"}");
        for (JsonNode pod : List.of(
                chart.resources().only("Job").at("/spec/template/spec"),
                chart.resources().only("CronJob").at("/spec/jobTemplate/spec/template/spec"))) {
            assertThat(pod.at("/containers/0/image").asText()).endsWith("/init-job:1.2.5");
            assertThat(env(pod.at("/containers/0"))).contains("{\"name\":\"TOPIC_PARTITIONS\",\"value\":\"1000000\"}");
            assertThat(pod.path("imagePullSecrets")).hasToString("[{\"name\":\"registry\"}]");
        }
    }

    private static List<String> env(JsonNode container) {
        return Stream.of(container.path("env"))
                .flatMap(env -> env.valueStream())
                .map(JsonNode::toString)
                .toList();
    }

    @Test
    void asksForANodePortOnlyWhereThereIsOne() throws IOException {
        assertThat(nodePort("NodePort", "30081")).isEqualTo("30081");
        assertThat(nodePort("LoadBalancer", "30081")).isEqualTo("30081");
        assertThat(nodePort("NodePort", "null")).isEmpty();
        assertThat(nodePort("ClusterIP", "30081")).isEmpty();
    }

    private static String nodePort(String type, String port) throws IOException {
        RenderedChart chart = RenderedChart.of("api: {service: {type: %s, nodePort: %s}}".formatted(type, port));
        JsonNode service = chart.get("Service", "todo-api").path("spec");
        assertThat(service.path("type").asText()).isEqualTo(type);
        return service.at("/ports/0/nodePort").asText();
    }

    @Test
    void admitsEverybodyOnlyWhereTheServiceDoes() throws IOException {
        assertThat(RenderedChart.of(DEFAULTS).names()).contains("NetworkPolicy todo-api-node-port");
        assertThat(RenderedChart.of("api: {service: {type: ClusterIP}}").names())
                .doesNotContain("NetworkPolicy todo-api-node-port")
                .contains("NetworkPolicy todo-api");
        assertThat(RenderedChart.of("networkPolicies: {enabled: false}").names())
                .noneMatch(name -> name.startsWith("NetworkPolicy"));
    }

    @Test
    void admitsTheApiToRedisWhereItIsSaidToBe() throws IOException {
        // Given
        String there = "networkPolicies: {redis: [{ports: [{port: 6380}]}]}";

        // Then
        assertThat(RenderedChart.of(DEFAULTS)
                        .get("NetworkPolicy", "todo-api-to-redis")
                        .at("/spec/egress/0/ports/0/port")
                        .intValue())
                .isEqualTo(6379);
        assertThat(RenderedChart.of(there)
                        .get("NetworkPolicy", "todo-api-to-redis")
                        .at("/spec/egress"))
                .hasToString("[{\"ports\":[{\"port\":6380}]}]");
        assertThat(RenderedChart.of("networkPolicies: {redis: []}").names())
                .doesNotContain("NetworkPolicy todo-api-to-redis");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settings: {LOG_LEVEL: DEBUG} | true",
                "settings: {TOPIC_PARTITIONS: 24} | true",
                "secret: {data: {DATABASE_URL: x, AUTH_SECRET: secret-of-32-characters-or-more.}} | true",
                "secret: {existingSecret: another} | true",
                "files: {existingSecret: another} | true",
                "storage: {existingClaim: images} | true",
                "secret: {data: {DATABASE_URL: x}} | false",
                "consumer: {replicas: 2} | false"
            })
    void changesThePodsOnlyWithWhatTheyReadAtTheStart(String values, boolean changes) throws IOException {
        // When
        JsonNode before = RenderedChart.of(DEFAULTS).get("Deployment", "todo-api");
        JsonNode after = RenderedChart.of(values).get("Deployment", "todo-api");

        // Then
        assertThat(!before.equals(after)).isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settings: {TOPIC_PARTITIONS: 24} | true",
                "settings: {LOG_LEVEL: DEBUG} | true",
                "initJob: {image: {tag: other}} | true",
                "initJob: {resources: {limits: {cpu: 1}}} | true",
                "secret: {data: {DATABASE_URL: another database}} | true",
                "files: {existingSecret: another} | true",
                "settings: {TOPIC_PARTITIONS: 12} | false",
                "api: {replicas: 4} | false"
            })
    void makesAnotherJobOfWhatChangesIt(String values, boolean changes) throws IOException {
        // When
        String before = RenderedChart.of(DEFAULTS).jobName();
        String after = RenderedChart.of(values).jobName();

        // Then
        assertThat(before).matches("todo-init-job-[0-9a-f]{10}");
        assertThat(!after.equals(before)).isEqualTo(changes);
    }

    @Test
    void writesLargeNumbersInFull() throws IOException {
        // Given
        String file = "settings: {RATE_LIMIT: 1000000}";

        // When
        JsonNode settings = RenderedChart.of(file).get("ConfigMap", "todo").path("data");

        // Then
        assertThat(settings.path("RATE_LIMIT").asText()).isEqualTo("1000000");
    }

    @Test
    void makesASecretOfWhatIsGiven() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("secret: {data: {DATABASE_URL: 'postgresql://u:p\"%20@h/d'}}");

        // Then
        assertThat(chart.get("Secret", "todo").path("stringData"))
                .hasToString("{\"DATABASE_URL\":\"postgresql://u:p\\\"%20@h/d\"}");
    }

    @Test
    void readsTheSecretThatIsThere() throws IOException {
        // When
        RenderedChart chart = RenderedChart.of("secret: {existingSecret: mine}");

        // Then
        assertThat(chart.names()).noneMatch(name -> name.startsWith("Secret"));
        List<String> names = chart.all()
                .flatMap(resource -> Stream.concat(
                        resource.findValues("secretKeyRef").stream().map(reference -> reference.path("name")),
                        resource.findValues("secretName").stream()))
                .map(JsonNode::asText)
                .toList();
        assertThat(names).hasSizeGreaterThan(10).containsOnly("mine");
    }

    @Test
    void refusesAClusterThatIsTooOld() {
        assertThatThrownBy(() -> RenderedChart.text(RenderedChart.FOLDER, "todo", DEFAULTS, "1.29.15"))
                .hasMessageContaining("requires kubeVersion: >=1.30.0-0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "todo | secret: {existingSecret: mine, data: {DATABASE_URL: x}} | only one of them can be meant",
                "todo | secret: {data: {AUTH_SECRET: secret-of-32-characters-or-more.}} | secret.data has no DATABASE_URL",
                "a-name-that-has-more-than-forty-two-letters | {} | at most 41 letters, digits and dashes",
                "todo | consumer: {livenessProbe: {exec: {command: [x]}}} | set consumer.livenessProbe.httpGet to null",
                "todo | api: {readinessProbe: {httpGet: null}} | api.readinessProbe has none of exec, httpGet and tcpSocket",
                "todo | api: {autoscaling: {enabled: true, maxReplicas: 1}} | maxReplicas is 1, less than api.autoscaling.minReplicas, 2",
                "2do | {} | has to be a letter"
            })
    void saysWhatCannotBe(String release, String values, String message) {
        assertThatThrownBy(() -> RenderedChart.text(release, values)).hasMessageContaining(message);
    }
}
