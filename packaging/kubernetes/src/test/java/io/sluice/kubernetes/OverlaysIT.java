package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Overlays and components as the build has made them. */
class OverlaysIT {

    private static final Path KUBERNETES = Path.of("../..", "target", "kubernetes");
    /** Number of pod templates besides those of the programs: retention, Kafka and PostgreSQL. */
    private static final int PODS_OF_OTHERS = 3;

    private static final Set<Setting> SECRET = Set.of(
            Setting.DATABASE_URL,
            Setting.MIGRATION_DATABASE_URL,
            Setting.AUTH_SECRET,
            Setting.KAFKA_SASL_USERNAME,
            Setting.KAFKA_SASL_PASSWORD,
            Setting.AWS_ACCESS_KEY_ID,
            Setting.AWS_SECRET_ACCESS_KEY,
            Setting.WORKER_TOKEN,
            Setting.REDIS_URL,
            Setting.OPENAI_API_KEY,
            Setting.GROQ_API_KEY,
            Setting.OPENROUTER_API_KEY,
            Setting.ANTHROPIC_API_KEY,
            Setting.GEMINI_API_KEY);

    static List<Path> overlays() throws IOException {
        return folders("overlays");
    }

    static List<Path> components() throws IOException {
        return folders("components");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayIsWhatAReviewerAsksFor(Path overlay) throws Exception {
        // When
        Resources rendered = Kubectl.kustomize(overlay);

        // Then
        assertThat(SchemaErrors.of(rendered)).isEmpty();
        assertThat(Policy.violations(rendered)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("components")
    void soItIsWithEachComponent(Path component) throws Exception {
        // Given
        Path folder = Files.createDirectories(Path.of("target", "with-component"));
        Files.writeString(
                folder.resolve("kustomization.yml"),
                """
                resources: [../../../../target/kubernetes/overlays/local]
                components: [../../../../target/kubernetes/components/%s]
                """
                        .formatted(component.getFileName()));

        // When
        Resources rendered = Kubectl.kustomize(folder);

        // Then
        assertThat(SchemaErrors.of(rendered)).isEmpty();
        if (component.endsWith("openshift")) {
            // OpenShift says it, and refuses whoever does.
            assertThat(Policy.violations(rendered))
                    .hasSize(PODS_OF_OTHERS + Program.all(Path.of("../..")).size())
                    .allMatch(violation -> violation.endsWith(": does not say as which user it runs"));
        } else {
            assertThat(Policy.violations(rendered)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "production"})
    void onlyTheLocalOverlayHasASecret(String overlay) throws Exception {
        // When
        Resources rendered = Kubectl.kustomize(KUBERNETES.resolve("overlays").resolve(overlay));

        // Then
        assertThat(rendered.all())
                .noneMatch(resource -> resource.path("kind").asText().equals("Secret"));
    }

    @Test
    void theConfigMapHasEachPlainSetting() throws Exception {
        // When
        JsonNode settings = Kubectl.kustomize(KUBERNETES.resolve("overlays/production"))
                .only("ConfigMap")
                .path("data");

        // Then
        assertThat(settings.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Setting.values())
                        .filter(setting ->
                                !SECRET.contains(setting) && !setting.name().endsWith("_FILE"))
                        .map(Setting::name)
                        .toList());
    }

    @Test
    void noMoreConsumersThanPartitions() throws Exception {
        // Given
        String partitions = Setting.TOPIC_PARTITIONS.defaultValue();

        // When
        ObjectNode scaled = Resources.read(KUBERNETES.resolve("components/keda/scaled-object.yml"))
                .only("ScaledObject");

        // Then
        assertThat(scaled.at("/spec/maxReplicaCount").asText()).isEqualTo(partitions);
    }

    @Test
    void anyChangeMakesAnotherJob() throws Exception {
        // Given
        Path folder = Files.createDirectories(Path.of("target", "with-change"));
        String before = jobOf(KUBERNETES.resolve("overlays/local"));

        // When
        Set<String> after = Stream.of("LOG_LEVEL=DEBUG", "TOPIC_PARTITIONS=13", "RETENTION_DAYS=7")
                .map(change -> jobWith(folder, change))
                .collect(Collectors.toSet());

        // Then
        assertThat(after).hasSize(3).doesNotContain(before).allMatch(name -> name.startsWith("init-job-"));
    }

    private static String jobWith(Path folder, String change) {
        try {
            Folder.replace(KUBERNETES, folder);
            Path settings = folder.resolve("overlays/local/settings.env");
            Files.writeString(settings, Files.readString(settings) + change + "\n");
            return jobOf(folder.resolve("overlays/local"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jobOf(Path overlay) throws Exception {
        return Kubectl.kustomize(overlay).only("Job").at("/metadata/name").asText();
    }

    private static List<Path> folders(String kind) throws IOException {
        try (Stream<Path> folders = Files.list(KUBERNETES.resolve(kind))) {
            return folders.sorted().toList();
        }
    }
}
