package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kustomize makes of the overlays and all components, where an overlay of a user's own above them changes more than a setting. */
class UserOverlayIT {

    private static final Path USER = Path.of("target", "user-overlay");

    /** Those of peers elsewhere are not the user's: with them, a policy would name nobody. */
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

    /** A cluster's own, OpenShift's, and NodeLocal DNSCache at its own address or at the Service's. */
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

    private static ObjectNode only(String kind, String name, Resources resources) {
        List<ObjectNode> found = resources.all().stream()
                .filter(resource -> resource.path("kind").asText().equals(kind)
                        && resource.at("/metadata/name").asText().equals(name))
                .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.get(0);
    }

    /** What the policies say of pods in other namespaces, and of addresses. */
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
                resources: [../../../target/kubernetes/overlays/%s]
                components:
                  - ../../../target/kubernetes/components/istio
                  - ../../../target/kubernetes/components/monitoring
                  - ../../../target/kubernetes/components/disruption
                  - ../../../target/kubernetes/components/autoscaling
                  - ../../../target/kubernetes/components/keda
                %s
                """
                        .formatted(overlay, change));
        return Kubectl.kustomize(USER);
    }
}
