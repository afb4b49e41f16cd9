package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.kubernetes.helm.RenderedChart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart with the pod of its test, which the library renders only where it is no hook. */
class ChartPolicyIT {

    private static final Path CHART = Path.of("target", "chart-with-test");
    private static final Path PACKAGED_API = Path.of("..", "..", "api", "target", "quarkus-app");

    @BeforeAll
    static void makeTheTestAPartOfTheChart() throws IOException {
        Folder.replace(RenderedChart.FOLDER, CHART);
        Path test = CHART.resolve("templates/tests/smoke.yaml");
        Files.writeString(test, Files.readString(test).replace("helm.sh/hook", "example.com/no-hook"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{api: {autoscaling: {enabled: true}}, podMonitor: {enabled: true}}",
                "{api: {service: {type: ClusterIP}, replicas: 4}, imagePullSecrets: [{name: registry}]}",
                "{api: {env: {LOG_LEVEL: DEBUG}}, networkPolicies: {egress: []}, disruptionBudgets: {enabled: false}}",
                "{serviceAccount: {create: true}, ingress: {enabled: true, hosts: [{host: api.example.com}]}}",
                "{httpRoute: {enabled: true, parentRefs: [{name: public}]}, api: {tolerations: [{operator: Exists}]}}",
                "{initJob: {podLabels: {a: b}, podAnnotations: {a: b}, nodeSelector: {a: b}}}",
                "{secret: {data: {DATABASE_URL: 'postgresql://u:p@h/d', AUTH_SECRET: secret-of-32-characters-or-more.}}}",
                "{storage: {existingClaim: images}}",
                "{files: {existingSecret: tls}, settings: {KAFKA_SSL_CA_FILE: /etc/sluice/files/ca.crt}}",
                "{files: {existingSecret: tls}, settings: {HTTP_TLS_CERTIFICATE_FILE: /etc/sluice/files/tls.crt}}"
            })
    void isWhatAReviewerAsksFor(String values) throws IOException {
        // When
        Resources rendered = RenderedChart.of(CHART, "todo", values).resources();

        // Then
        assertThat(rendered.all())
                .anyMatch(resource -> resource.path("kind").asText().equals("Pod"));
        assertThat(SchemaErrors.of(rendered)).isEmpty();
        assertThat(Policy.violations(rendered)).isEmpty();
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../..", "examples"))) {
            return files.filter(file -> file.getFileName().toString().matches("values.*\\.yml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void soItIsWithTheValuesOfEachExample(Path values) throws IOException {
        // Given
        YAMLMapper yaml = new YAMLMapper();
        JsonNode withoutOthers = yaml.readTree(values.toFile());
        // They are pods of other applications, and so no peers among these resources.
        if (withoutOthers.path("networkPolicies") instanceof ObjectNode policies) {
            policies.remove("clients");
        }

        // When
        Resources rendered = RenderedChart.of(CHART, "backend", yaml.writeValueAsString(withoutOthers))
                .resources();

        // Then
        assertThat(SchemaErrors.of(rendered)).isEmpty();
        assertThat(Policy.violations(rendered)).isEmpty();
    }

    @Test
    void theTestStaysOutsideOfAMesh() throws IOException {
        // When
        JsonNode labels =
                RenderedChart.of(CHART, "todo", "{}").resources().only("Pod").at("/metadata/labels");

        // Then
        assertThat(labels.path("sidecar.istio.io/inject").textValue()).isEqualTo("false");
        assertThat(labels.path("istio.io/dataplane-mode").textValue()).isEqualTo("none");
    }

    @Test
    void theTestSpeaksHttpsAndHasTheCertificateWhereTheApiDoes() throws IOException {
        // Given
        String https =
                "{files: {existingSecret: tls}, settings: {HTTP_TLS_CERTIFICATE_FILE: /etc/sluice/files/tls.crt}}";

        // When
        JsonNode container =
                RenderedChart.of(CHART, "todo", https).resources().only("Pod").at("/spec/containers/0");

        // Then
        assertThat(container.path("command").toString()).endsWith("\"https://todo-api:8080\"]");
        assertThat(container.path("volumeMounts").findValuesAsText("mountPath")).contains("/etc/sluice/files");
    }

    /** The image has the api's {@code quarkus-app} as {@code /deployments}. */
    @Test
    void theApisImageHasTheTest() throws IOException {
        // Given
        List<String> command = Pod.elements(RenderedChart.of(CHART, "todo", "{}")
                        .resources()
                        .only("Pod")
                        .at("/spec/containers/0/command"))
                .map(JsonNode::asText)
                .toList();
        String classPath = command.get(command.indexOf("-cp") + 1);
        String mainClass = command.get(command.indexOf("-cp") + 2);

        // When
        Path jars = PACKAGED_API
                .resolve(classPath.replaceFirst("^/deployments/", ""))
                .getParent();

        // Then
        assertThat(classPath).startsWith("/deployments/").endsWith("/*");
        try (Stream<Path> files = Files.list(jars)) {
            assertThat(files).anyMatch(jar -> hasClass(jar, mainClass));
        }
    }

    private static boolean hasClass(Path jar, String name) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.getEntry(name.replace('.', '/') + ".class") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
