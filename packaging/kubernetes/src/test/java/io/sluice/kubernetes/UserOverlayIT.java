package io.sluice.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Overlays with all components, below a user's overlay that changes labels, names or addresses. */
class UserOverlayIT {

    private static final Path USER = Path.of("target", "user-overlay");

    /** Pods in other namespaces do not have the user's labels: a policy that asked them for these would name nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels: [{pairs: {team: orders}, includeSelectors: true}]",
                "commonLabels: {team: orders}",
            })
    void labelsInSelectorsAreForOurOwnPods(String labels) throws Exception {
        // Given
        Resources plain = render("local", "");

        // When
        Resources labelled = render("local", labels);

        // Then
        assertThat(only("Service", "api", labelled).at("/spec/selector/team").asText())
                .isEqualTo("orders");
        assertThat(peersElsewhere(plain)).hasSizeGreaterThan(5);
        assertThat(peersElsewhere(labelled)).isEqualTo(peersElsewhere(plain));
        assertThat(SchemaErrors.of(labelled)).isEmpty();
        assertThat(Policy.violations(labelled)).isEmpty();
    }

    /** DNS of a cluster, of OpenShift, and NodeLocal DNSCache at its own address or at the Service's. */
    @ParameterizedTest
    @CsvSource({"kube-system, 53", "openshift-dns, 5353", "169.254.20.10/32, 53", "10.0.0.0/8, 53"})
    void dnsIsReachedWhereverItIs(String where, int port) throws Exception {
        // When
        JsonNode policy = only("NetworkPolicy", "dns", render("staging", ""));

        // Then
        assertThat(Pod.elements(policy.at("/spec/egress"))
                        .filter(rule -> rule.path("to").toString().contains('"' + where + '"'))
                        .flatMap(rule -> Pod.elements(rule.path("ports")))
                        .map(to -> to.path("protocol").asText() + to.path("port")))
                .contains("UDP" + port, "TCP" + port);
    }

    /** Not with the overlay {@code local}: there, the addresses of Kafka and PostgreSQL are settings, and the guide says how to set them. */
    @Test
    void whatRefersToAPrefixedResourceFollows() throws Exception {
        // When
        Resources prefixed = render("staging", "namePrefix: blue-\nnameSuffix: -v2");

        // Then
        assertThat(Policy.violations(prefixed)).isEmpty();
        assertThat(only("VirtualService", "blue-api-v2", prefixed).at("/spec/gateways"))
                .extracting(JsonNode::asText)
                .containsExactly("blue-sluice-v2");
        only("Gateway", "blue-sluice-v2", prefixed);
        // Nobody renames the Secret that a user has made.
        assertThat(only("Deployment", "blue-api-v2", prefixed).findValuesAsText("secretName"))
                .containsExactly("sluice");
    }

    @Test
    void theGuidesSecondSluiceReachesItsOwnKafkaAndPostgresql() throws Exception {
        // Given
        String guide = Files.readString(Path.of("../..", "docs", "guides", "kubernetes.md"));
        String overlay = guide.substring(guide.indexOf("# blue/kustomization.yml"));

        // When
        Files.createDirectories(USER);
        Files.writeString(
                USER.resolve("kustomization.yml"),
                overlay.substring(0, overlay.indexOf("```")).replace("../target/", "../../../../target/"));
        Resources blue = Kubectl.kustomize(USER);

        // Then
        assertThat(Policy.violations(blue)).isEmpty();
        assertThat(blue.all().stream()
                        .filter(resource -> !resource.path("kind").asText().equals("Namespace"))
                        .map(resource -> resource.at("/metadata/name").asText()))
                .allMatch(name -> name.startsWith("blue-"));
        assertThat(blue.all().toString())
                .contains("\"blue-kafka:9092\"", "\"PLAINTEXT://blue-kafka:9092\"")
                .doesNotContain("\"kafka:9092\"", "//kafka:9092");
        String url =
                only("Secret", "blue-sluice", blue).at("/data/DATABASE_URL").asText();
        assertThat(new String(Base64.getMimeDecoder().decode(url), UTF_8)).contains("@blue-postgresql:5432/");
    }

    private static ObjectNode only(String kind, String name, Resources resources) {
        List<ObjectNode> found = resources.all().stream()
                .filter(resource -> resource.path("kind").asText().equals(kind)
                        && resource.at("/metadata/name").asText().equals(name))
                .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.get(0);
    }

    /** Returns the policies' peers in other namespaces and at addresses. */
    private static List<JsonNode> peersElsewhere(Resources resources) {
        return resources.all().stream()
                .filter(resource -> resource.path("kind").asText().equals("NetworkPolicy"))
                .flatMap(policy -> Stream.of("ingress", "egress")
                        .flatMap(way -> Pod.elements(policy.path("spec").path(way))))
                .flatMap(rule -> Stream.of("from", "to").flatMap(way -> Pod.elements(rule.path(way))))
                .filter(peer -> peer.has("namespaceSelector") || peer.has("ipBlock"))
                .toList();
    }

    private static Resources render(String overlay, String change) throws Exception {
        Files.createDirectories(USER);
        Files.writeString(
                USER.resolve("kustomization.yml"),
                """
                namespace: todo
                resources: [../../../../target/kubernetes/overlays/%s]
                components:
                  - ../../../../target/kubernetes/components/istio
                  - ../../../../target/kubernetes/components/monitoring
                  - ../../../../target/kubernetes/components/disruption
                  - ../../../../target/kubernetes/components/autoscaling
                  - ../../../../target/kubernetes/components/keda
                %s
                """
                        .formatted(overlay, change));
        return Kubectl.kustomize(USER);
    }
}
