package io.sluice.kubernetes;

import static io.sluice.kubernetes.Pod.elements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules that resources for Kubernetes have to keep. Each violation names its resource.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted">Pod Security Standards, restricted</a>
 */
final class Policy {

    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");
    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");

    private final Resources resources;
    private final List<Pod> pods;
    private final List<String> violations = new ArrayList<>();

    private Policy(Resources resources) {
        this.resources = resources;
        this.pods = resources.all().stream()
                .flatMap(resource -> Pod.of(resource).stream())
                .toList();
    }

    /** Returns the violations; none if the resources keep all rules. */
    static List<String> violations(Resources resources) {
        Policy policy = new Policy(resources);
        policy.pods.forEach(policy::pod);
        resources.all().forEach(policy::resource);
        policy.secrets();
        return policy.violations;
    }

    private void pod(Pod pod) {
        JsonNode spec = pod.spec();
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            require(!spec.path(shared).asBoolean(), pod, shared);
        }
        require(
                spec.path("automountServiceAccountToken").isBoolean()
                        && !spec.path("automountServiceAccountToken").asBoolean(),
                pod,
                "has a service account's token");
        require(
                spec.path("enableServiceLinks").isBoolean()
                        && !spec.path("enableServiceLinks").asBoolean(),
                pod,
                "has an environment variable for each Service");
        require(spec.at("/securityContext/runAsNonRoot").asBoolean(), pod, "may run as root");
        require(spec.at("/securityContext/runAsUser").asInt() > 0, pod, "does not say as which user it runs");
        require(
                spec.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                pod,
                "has no seccomp profile");
        elements(spec.path("volumes")).forEach(volume -> volume.properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> !field.equals("name"))
                .forEach(type -> require(VOLUMES.contains(type), pod, "has a volume of type " + type)));
        pod.containers().forEach(container -> container(pod, container));
    }

    private void container(Pod pod, JsonNode container) {
        JsonNode security = container.path("securityContext");
        require(
                security.path("allowPrivilegeEscalation").isBoolean()
                        && !security.path("allowPrivilegeEscalation").asBoolean(),
                pod,
                "allows escalation of privileges");
        require(!security.path("privileged").asBoolean(), pod, "is privileged");
        require(security.path("readOnlyRootFilesystem").asBoolean(), pod, "can write to its root file system");
        require(security.at("/capabilities/drop/0").asText().equals("ALL"), pod, "keeps capabilities");
        require(security.at("/capabilities/add").isEmpty(), pod, "adds capabilities");
        for (String overridden : List.of("runAsNonRoot", "runAsUser", "seccompProfile", "procMount")) {
            require(!security.has(overridden), pod, "overrides " + overridden + " for a container");
        }
        for (String kind : List.of("requests", "limits")) {
            for (String resource : List.of("cpu", "memory")) {
                require(
                        container.path("resources").path(kind).has(resource),
                        pod,
                        "has no " + kind + " of " + resource);
            }
        }
        require(
                container.path("terminationMessagePolicy").asText().equals("FallbackToLogsOnError"),
                pod,
                "does not tell why it ended");
        require(
                isPinned(container.path("image").asText()),
                pod,
                "has an image without a version: " + container.path("image"));
        elements(container.path("ports"))
                .forEach(port -> require(!port.has("hostPort"), pod, "takes a port of the node"));
        if (pod.serves()) {
            PROBES.forEach(probe -> probe(pod, probe, container.path(probe)));
        }
        elements(container.path("env")).forEach(variable -> variable(pod, variable));
    }

    private void probe(Pod pod, String name, JsonNode probe) {
        require(!probe.isMissingNode(), pod, "has no " + name);
        Stream.of("httpGet", "tcpSocket")
                .map(probe::path)
                .filter(JsonNode::isObject)
                .forEach(action -> require(
                        pod.hasPort(action.path("port")),
                        pod,
                        name + " asks a port that is none: " + action.path("port")));
    }

    private static boolean isPinned(String image) {
        String version = image.substring(image.lastIndexOf('/') + 1);
        return version.contains("@sha256:") || (version.contains(":") && !version.endsWith(":latest"));
    }

    private void variable(Pod pod, JsonNode variable) {
        String name = variable.path("name").asText();
        boolean secret = name.matches("DATABASE_URL|.*(PASSWORD|SECRET|TOKEN|CREDENTIAL).*") && !name.endsWith("_FILE");
        require(!secret || variable.at("/valueFrom/secretKeyRef").isObject(), pod, "has the value of " + name);
    }

    private void resource(ObjectNode resource) {
        String kind = resource.path("kind").asText();
        JsonNode spec = resource.path("spec");
        switch (kind) {
            case "Service" -> service(resource, spec);
            case "Deployment", "StatefulSet" ->
                require(
                        Pod.of(resource).orElseThrow().isSelectedBy(spec.path("selector")),
                        resource,
                        "does not select its own pods");
            case "Job" -> require(!spec.has("selector"), resource, "has a selector, which Kubernetes makes");
            case "PodDisruptionBudget" ->
                require(!selectedBy(spec.path("selector")).isEmpty(), resource, "selects no pod");
            case "NetworkPolicy" -> networkPolicy(resource, spec);
            case "PodMonitor" -> podMonitor(resource, spec);
            case "VirtualService" ->
                elements(spec.path("http"))
                        .flatMap(http -> elements(http.path("route")))
                        .forEach(route -> destination(resource, route.path("destination")));
            case "HorizontalPodAutoscaler", "ScaledObject" -> scaled(resource, spec.path("scaleTargetRef"));
            default -> {}
        }
    }

    private void service(ObjectNode service, JsonNode spec) {
        List<Pod> selected = selectedBy(spec.path("selector"));
        require(
                selected.size() == 1,
                service,
                "selects the pods of " + selected.stream().map(Pod::owner).toList());
        elements(spec.path("ports")).forEach(port -> {
            JsonNode target = port.has("targetPort") ? port.path("targetPort") : port.path("port");
            require(
                    selected.stream().allMatch(pod -> pod.hasPort(target)),
                    service,
                    "leads to a port that is none: " + target);
        });
    }

    private void networkPolicy(ObjectNode policy, JsonNode spec) {
        List<Pod> selected = selectedBy(spec.path("podSelector"));
        require(!selected.isEmpty(), policy, "selects no pod");
        elements(spec.path("ingress")).forEach(rule -> {
            elements(rule.path("from")).forEach(peer -> peer(policy, peer));
            elements(rule.path("ports"))
                    .forEach(port -> require(
                            selected.stream().allMatch(pod -> pod.hasPort(port.path("port"))),
                            policy,
                            "admits to a port that is none: " + port));
        });
        elements(spec.path("egress")).flatMap(rule -> elements(rule.path("to"))).forEach(peer -> peer(policy, peer));
    }

    private void peer(ObjectNode policy, JsonNode peer) {
        if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
            require(!selectedBy(peer.path("podSelector")).isEmpty(), policy, "names a peer that is none: " + peer);
        }
    }

    private void podMonitor(ObjectNode monitor, JsonNode spec) {
        List<Pod> selected = selectedBy(spec.path("selector"));
        require(!selected.isEmpty(), monitor, "selects no pod");
        elements(spec.path("podMetricsEndpoints"))
                .map(endpoint -> endpoint.path("port"))
                .forEach(port -> require(
                        selected.stream().allMatch(pod -> pod.hasPort(port)),
                        monitor,
                        "asks a port that is none: " + port));
    }

    private void destination(ObjectNode virtualService, JsonNode destination) {
        boolean isThere = resources.all().stream()
                .filter(resource -> resource.path("kind").asText().equals("Service"))
                .filter(service -> service.at("/metadata/name").equals(destination.path("host")))
                .flatMap(service -> elements(service.at("/spec/ports")))
                .anyMatch(port -> port.path("port").equals(destination.at("/port/number")));
        require(isThere, virtualService, "leads to a Service or port that is none: " + destination);
    }

    private List<Pod> selectedBy(JsonNode selector) {
        return pods.stream().filter(pod -> pod.isSelectedBy(selector)).toList();
    }

    private void scaled(ObjectNode scaler, JsonNode target) {
        List<ObjectNode> targets = resources.all().stream()
                .filter(resource -> resource.path("kind").asText().equals("Deployment"))
                .filter(resource -> resource.at("/metadata/name").equals(target.path("name")))
                .toList();
        require(targets.size() == 1, scaler, "scales nothing");
        targets.forEach(deployment -> require(
                !deployment.path("spec").has("replicas"),
                deployment,
                "says how many pods there are, which " + scaler.path("kind").asText() + " decides"));
    }

    /** Checks that values of Secrets are in no other resource. */
    private void secrets() {
        List<String> values = resources.all().stream()
                .filter(resource -> resource.path("kind").asText().equals("Secret"))
                .flatMap(secret -> Stream.concat(
                        elements(secret.path("stringData")).map(JsonNode::asText),
                        elements(secret.path("data"))
                                .map(value -> new String(
                                        Base64.getMimeDecoder().decode(value.asText()), StandardCharsets.UTF_8))))
                .filter(value -> !value.isEmpty())
                .toList();
        for (ObjectNode resource : resources.all()) {
            if (!resource.path("kind").asText().equals("Secret")) {
                String text = resource.toString();
                require(values.stream().noneMatch(text::contains), resource, "has the value of a Secret");
                require(!text.matches(".*://[^/\"@]*:[^/\"@]*@.*"), resource, "has a URL with a password");
            }
        }
    }

    private void require(boolean holds, Pod pod, String violation) {
        if (!holds) {
            violations.add(pod.owner() + ": " + violation);
        }
    }

    private void require(boolean holds, ObjectNode resource, String violation) {
        if (!holds) {
            violations.add(resource.path("kind").asText() + " "
                    + resource.at("/metadata/name").asText() + ": " + violation);
        }
    }
}
