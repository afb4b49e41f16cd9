package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for rendered resources, each of which has to notice what breaks it. */
class PolicyTest {

    private static final Path GOOD = Path.of("src/test/resources/good.yml");

    @Test
    void nothingIsSaidOfWhatIsGood() throws IOException {
        // When
        Resources good = Resources.read(GOOD);

        // Then
        assertThat(Policy.violations(good)).isEmpty();
        assertThat(SchemaErrors.of(good)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Deployment | pod       | hostNetwork                                      | true           | hostNetwork
            Deployment | pod       | automountServiceAccountToken                     | true           | has a service account's token
            Deployment | pod       | automountServiceAccountToken                     |                | has a service account's token
            Deployment | pod       | enableServiceLinks                               |                | has an environment variable for each Service
            Deployment | pod       | securityContext/runAsNonRoot                     |                | may run as root
            Deployment | pod       | securityContext/runAsUser                        | 0              | does not say as which user it runs
            Deployment | pod       | securityContext/seccompProfile/type              | Unconfined     | has no seccomp profile
            Deployment | pod       | volumes/0/hostPath                               | {path: /}      | has a volume of type hostPath
            Deployment | container | securityContext                                  |                | can write to its root file system
            Deployment | container | securityContext/allowPrivilegeEscalation         |                | allows escalation of privileges
            Deployment | container | securityContext/privileged                       | true           | is privileged
            Deployment | container | securityContext/readOnlyRootFilesystem           | false          | can write to its root file system
            Deployment | container | securityContext/capabilities/drop                | [CHOWN]        | keeps capabilities
            Deployment | container | securityContext/capabilities/add                 | [CHOWN]        | adds capabilities
            Deployment | container | securityContext/runAsNonRoot                     | false          | overrides runAsNonRoot for a container
            Deployment | container | resources/requests/cpu                           |                | has no requests of cpu
            Deployment | container | resources/limits/memory                          |                | has no limits of memory
            Deployment | container | terminationMessagePolicy                         |                | does not tell why it ended
            Deployment | container | image                                            | sluice/api     | has an image without a version: "sluice/api"
            Deployment | container | image                                            | a:5/api:latest | has an image without a version: "a:5/api:latest"
            Deployment | container | image                                            | host:5000/api  | has an image without a version: "host:5000/api"
            Deployment | container | ports/0/hostPort                                 | 80             | takes a port of the node
            Deployment | container | livenessProbe                                    |                | has no livenessProbe
            Deployment | container | readinessProbe/httpGet/port                      | 8081           | readinessProbe asks a port that is none: 8081
            Deployment | container | env/0                                            | {name: AUTH_SECRET, value: x} | has the value of AUTH_SECRET
            Deployment | container | args                                             | [nobody-knows-this] | has the value of a Secret
            Deployment | resource  | spec/selector/matchLabels/app                    | other          | does not select its own pods
            ConfigMap  | resource  | data/URL                                         | 'postgresql://a:b@c/d' | has a URL with a password
            Service    | resource  | spec/selector/app                                | other          | selects the pods of []
            Service    | resource  | spec/ports/0/targetPort                          | 8000           | leads to a port that is none: 8000
            PodDisruptionBudget | resource | spec/selector/matchLabels/app            | other          | selects no pod
            NetworkPolicy | resource | spec/podSelector/matchExpressions/0/values     | [other]        | selects no pod
            NetworkPolicy | resource | spec/ingress/0/from/0/podSelector/matchLabels/app | other | names a peer that is none: {"podSelector":{"matchLabels":{"app":"other"}}}
            NetworkPolicy | resource | spec/ingress/0/ports/0/port                    | 9000           | admits to a port that is none: {"port":9000}
            """)
    void whatBreaksARuleIsTold(String kind, String part, String field, String value, String violation)
            throws IOException {
        // Given
        Resources resources = Resources.read(GOOD);
        String start =
                switch (part) {
                    case "pod" -> "/spec/template/spec/";
                    case "container" -> "/spec/template/spec/containers/0/";
                    default -> "/";
                };

        // When
        set(resources.only(kind), JsonPointer.compile(start + field), value);

        // Then
        assertThat(Policy.violations(resources))
                .contains("%s api: %s".formatted(kind, violation).replace("ConfigMap api", "ConfigMap sluice"));
    }

    @Test
    void anAutoscalerAndANumberOfPodsAreTold() throws IOException {
        // Given
        List<ObjectNode> resources = new ArrayList<>(Resources.read(GOOD).all());
        ObjectNode autoscaler = YAMLMapper.builder().build().createObjectNode().put("kind", "HorizontalPodAutoscaler");
        autoscaler.putObject("metadata").put("name", "api");
        autoscaler.putObject("spec").putObject("scaleTargetRef").put("name", "api");

        // When
        resources.add(autoscaler);

        // Then
        assertThat(Policy.violations(new Resources(resources)))
                .containsExactly("Deployment api: says how many pods there are, which HorizontalPodAutoscaler decides");
    }

    /** Kinds that Kubernetes itself does not know, so that no schema checks them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            PodMonitor     | {selector: {app: other}}                                   | selects no pod
            PodMonitor     | {selector: {app: api}, podMetricsEndpoints: [{port: none}]} | asks a port that is none: "none"
            VirtualService | {http: [{route: [{destination: {host: other, port: {number: 80}}}]}]} | leads to a Service or port that is none: {"host":"other","port":{"number":80}}
            VirtualService | {http: [{route: [{destination: {host: api, port: {number: 81}}}]}]} | leads to a Service or port that is none: {"host":"api","port":{"number":81}}
            """)
    void aReferenceToNothingIsTold(String kind, String spec, String violation) throws IOException {
        // Given
        List<ObjectNode> resources = new ArrayList<>(Resources.read(GOOD).all());
        YAMLMapper yaml = new YAMLMapper();
        ObjectNode reference = yaml.createObjectNode().put("kind", kind);
        reference.putObject("metadata").put("name", "api");
        reference.set("spec", yaml.readTree(spec));

        // When
        resources.add(reference);

        // Then
        assertThat(Policy.violations(new Resources(resources))).containsExactly(kind + " api: " + violation);
    }

    /** A server-side apply would set the selector a second time, and be refused. */
    @Test
    void aSelectorOfAJobIsTold() throws IOException {
        // Given
        Resources resources = Resources.read(GOOD);

        // When
        resources.only("Deployment").put("kind", "Job");

        // Then
        assertThat(Policy.violations(resources)).contains("Job api: has a selector, which Kubernetes makes");
    }

    @ParameterizedTest
    @CsvSource({"spec/template/spec/containers/0/imagePullPolice, Always", "spec/replicas, many", "spec/paused, [a]"})
    void whatKubernetesDoesNotKnowIsTold(String field, String value) throws IOException {
        // Given
        Resources resources = Resources.read(GOOD);

        // When
        set(resources.only("Deployment"), JsonPointer.compile("/" + field), value);

        // Then
        assertThat(SchemaErrors.of(resources)).singleElement().asString().startsWith("apps/v1 Deployment api: ");
    }

    private static void set(ObjectNode resource, JsonPointer place, String value) throws IOException {
        JsonNode parent = resource.at(place.head());
        JsonNode node = value == null ? null : new YAMLMapper().readTree(value);
        if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), node);
        } else if (node == null) {
            ((ObjectNode) parent).remove(place.last().getMatchingProperty());
        } else {
            ((ObjectNode) parent).set(place.last().getMatchingProperty(), node);
        }
    }
}
