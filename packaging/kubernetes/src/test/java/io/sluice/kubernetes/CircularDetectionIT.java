package io.sluice.kubernetes;

import static io.sluice.kubernetes.Pod.elements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kustomization of {@code examples/circular-detection}. */
class CircularDetectionIT {

    private static final Path FOLDER = Path.of("../..", "examples", "circular-detection");
    private static final String NAME = "aiq-circular-detection";

    private static Resources rendered;

    @BeforeAll
    static void render() throws Exception {
        rendered = Kubectl.kustomize(FOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kserve"})
    void itIsWhatAReviewerAsksFor(String overlay) throws Exception {
        // When
        Resources resources = Kubectl.kustomize(FOLDER.resolve(overlay));

        // Then
        assertThat(SchemaErrors.of(resources)).isEmpty();
        assertThat(Policy.violations(resources)).isEmpty();
    }

    @Test
    void noFieldOfAKustomizationIsDeprecated() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file :
                    files.filter(path -> path.endsWith("kustomization.yml")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern(
                                "(?m)^(bases|commonLabels|patchesStrategicMerge|patchesJson6902|vars|imageTags):");
            }
        }
    }

    @Test
    void resourcesAreCalledAsTheContractCallsThem() {
        assertThat(rendered.all().stream()
                        .map(resource -> resource.path("kind").asText() + " "
                                + resource.at("/metadata/name").asText()))
                .contains(
                        "Namespace aiq-backend",
                        "ConfigMap aiq-config",
                        "ConfigMap aiq-config-dev",
                        "Deployment " + NAME,
                        "Service " + NAME,
                        "Gateway " + NAME,
                        "VirtualService " + NAME)
                .noneMatch(name -> name.contains("kafka") || name.contains("consumer"))
                .doesNotContain("Service worker", "NetworkPolicy worker", "NetworkPolicy api-to-worker");
        assertThat(rendered.all()).allSatisfy(resource -> {
            assertThat(resource.at("/metadata/labels/app.kubernetes.io~1part-of")
                            .asText())
                    .isEqualTo("aiq-system");
            if (!Set.of("Namespace", "PersistentVolume")
                    .contains(resource.path("kind").asText())) {
                assertThat(resource.at("/metadata/namespace").asText()).isEqualTo("aiq-backend");
            }
        });
        assertThat(rendered.only("Namespace")
                        .at("/metadata/labels/istio-injection")
                        .asText())
                .isEqualTo("enabled");
    }

    @Test
    void theApiIsOnePodWithTheContractsLabelAndContainer() {
        JsonNode api = deployment(rendered, NAME);
        assertThat(api.at("/spec/template/metadata/labels/app").asText()).isEqualTo(NAME);
        assertThat(container(api).path("name").asText()).isEqualTo("api");
        assertThat(api.at("/spec/replicas").intValue()).isEqualTo(1);
        JsonNode service = only(rendered, "Service", NAME);
        assertThat(service.at("/spec/type").asText()).isEqualTo("ClusterIP");
        assertThat(service.at("/spec/ports/0/port").intValue()).isEqualTo(80);
        assertThat(service.at("/spec/ports/0").has("nodePort")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {NAME, NAME + "-worker"})
    void whoUsesTheVolumeIsOnOneNode(String name) {
        JsonNode deployment = deployment(rendered, name);

        assertThat(deployment.at("/spec/strategy")).hasToString("{\"type\":\"Recreate\"}");
        assertThat(mounts(deployment)).contains("/data from storage/data", "/logs from storage/logs");
        JsonNode term = deployment.at(
                "/spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0");
        if (name.equals(NAME)) {
            assertThat(term.isMissingNode()).isTrue();
        } else {
            assertThat(term.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
            assertThat(Pod.of((ObjectNode) deployment(rendered, NAME))
                            .orElseThrow()
                            .isSelectedBy(term.path("labelSelector")))
                    .isTrue();
        }
    }

    @Test
    void theVolumeIsTheNodesFolderAndStays() {
        JsonNode volume = rendered.only("PersistentVolume").path("spec");
        JsonNode claim = rendered.only("PersistentVolumeClaim").path("spec");
        assertThat(volume.at("/hostPath/path").asText()).isEqualTo("/tmp/aiq-storage");
        assertThat(volume.path("persistentVolumeReclaimPolicy").asText()).isEqualTo("Retain");
        assertThat(volume.at("/capacity/storage").asText()).isEqualTo("5Gi");
        assertThat(volume.path("accessModes")).hasToString("[\"ReadWriteOnce\"]");
        assertThat(claim.path("accessModes")).isEqualTo(volume.path("accessModes"));
        assertThat(claim.at("/resources/requests/storage").asText()).isEqualTo("5Gi");
        assertThat(claim.path("volumeName"))
                .isEqualTo(rendered.only("PersistentVolume").at("/metadata/name"));
        assertThat(volume.at("/claimRef/name"))
                .isEqualTo(rendered.only("PersistentVolumeClaim").at("/metadata/name"));
    }

    /** A volume that is not mounted, or whose claim nobody has made, keeps a pod from starting all the same. */
    @Test
    void eachVolumeOfAPodIsMountedAndThere() {
        List<Pod> pods = rendered.all().stream()
                .flatMap(resource -> Pod.of(resource).stream())
                .toList();
        assertThat(pods).hasSize(5).allSatisfy(pod -> {
            assertThat(names(pod.spec().path("volumes")))
                    .as(pod.owner())
                    .isEqualTo(pod.containers().stream()
                            .flatMap(container -> names(container.path("volumeMounts")).stream())
                            .collect(Collectors.toSet()));
            assertThat(pod.spec().path("volumes").findValuesAsText("claimName"))
                    .as(pod.owner())
                    .isSubsetOf("aiq-storage");
        });
    }

    @Test
    void eachProgramReadsTheSettingsThatCanBeEdited() {
        JsonNode settings = only(rendered, "ConfigMap", "aiq-config").path("data");
        assertThat(settings.path("FEATURES").asText()).isEqualTo("images");
        assertThat(settings.path("MODE").asText()).isEqualTo("dummy");
        assertThat(settings.path("LOG_FILE").asText()).isEqualTo("/logs");
        assertThat(settings.path("STORAGE_URL").asText()).isEqualTo("file:///data");
        assertThat(rendered.all().toString()).doesNotContain("\"configMapRef\":{\"name\":\"sluice");
        for (String kind : List.of("Deployment", "Job", "CronJob")) {
            rendered.all().stream()
                    .filter(resource -> resource.path("kind").asText().equals(kind))
                    .map(resource -> Pod.of(resource).orElseThrow())
                    .forEach(pod -> {
                        JsonNode container = pod.containers().get(0);
                        assertThat(container.at("/envFrom/0/configMapRef/name").asText())
                                .as(pod.owner())
                                .isEqualTo("aiq-config");
                        // Who has no /logs must not be told to write there.
                        assertThat(container.path("env").toString().contains("LOG_FILE"))
                                .as(pod.owner())
                                .isEqualTo(!kind.equals("Deployment"));
                    });
        }
    }

    @Test
    void theGatewayLeadsToWhatTheContractNames() {
        assertThat(rendered.only("Gateway").at("/spec/servers/0/port/number").intValue())
                .isEqualTo(80);
        JsonNode http = rendered.only("VirtualService").at("/spec/http/0");
        assertThat(elements(http.path("match"))
                        .map(match -> match.path("uri").elements().next().asText()))
                .contains("/health", "/docs", "/docs/", "/openapi", "/api/v1/");
        assertThat(http.at("/route/0/destination/host").asText()).isEqualTo(NAME);
        assertThat(http.path("timeout").asText()).isEqualTo("120s");
        assertThat(http.path("retries").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("attempts", "perTryTimeout", "retryOn");
        assertThat(rendered.only("VirtualService").at("/spec/gateways/0").asText())
                .isEqualTo(NAME);
    }

    @Test
    void withKServeTheWorkerAsksTheModelAndReachesIt() throws Exception {
        // When
        Resources kserve = Kubectl.kustomize(FOLDER.resolve("kserve"));

        // Then
        JsonNode settings = only(kserve, "ConfigMap", "aiq-config").path("data");
        assertThat(settings.path("MODE").asText()).isEqualTo("real");
        assertThat(settings.path("MODEL_SERVER_URL").asText())
                .isEqualTo("http://circles-predictor.models.svc.cluster.local");
        assertThat(settings.path("MODEL_NAME").asText()).isEqualTo("circles");
        assertThat(only(kserve, "NetworkPolicy", "model-server")
                        .at("/spec/podSelector/matchLabels/app.kubernetes.io~1name")
                        .asText())
                .isEqualTo("worker");
    }

    private static JsonNode deployment(Resources resources, String name) {
        return only(resources, "Deployment", name);
    }

    private static JsonNode only(Resources resources, String kind, String name) {
        return resources.all().stream()
                .filter(resource -> resource.path("kind").asText().equals(kind))
                .filter(resource -> resource.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private static List<String> mounts(JsonNode deployment) {
        return elements(container(deployment).path("volumeMounts"))
                .map(mount -> "%s from %s/%s"
                        .formatted(
                                mount.path("mountPath").asText(),
                                mount.path("name").asText(),
                                mount.path("subPath").asText()))
                .toList();
    }

    private static Set<String> names(JsonNode array) {
        return elements(array).map(element -> element.path("name").asText()).collect(Collectors.toSet());
    }
}
