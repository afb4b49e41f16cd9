package io.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Pods that a resource makes: the resource's kind and name, its kind alone, and the pods' template. */
record Pod(String owner, String kind, JsonNode template) {

    static Optional<Pod> of(ObjectNode resource) {
        String kind = resource.path("kind").asText();
        String name = kind + " " + resource.at("/metadata/name").asText();
        return switch (kind) {
            case "Pod" -> Optional.of(new Pod(name, kind, resource));
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" ->
                Optional.of(new Pod(name, kind, resource.at("/spec/template")));
            case "CronJob" -> Optional.of(new Pod(name, kind, resource.at("/spec/jobTemplate/spec/template")));
            default -> Optional.empty();
        };
    }

    JsonNode spec() {
        return template.path("spec");
    }

    /** Returns containers, init containers and ephemeral containers. */
    List<JsonNode> containers() {
        return Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(sort -> elements(spec().path(sort)))
                .toList();
    }

    boolean serves() {
        return kind.equals("Deployment") || kind.equals("StatefulSet") || kind.equals("DaemonSet");
    }

    /** Returns true if a selector selects it: one of a Service, or one with matchLabels and matchExpressions. */
    boolean isSelectedBy(JsonNode selector) {
        JsonNode labels = template.at("/metadata/labels");
        JsonNode wanted = selector.has("matchLabels") || selector.has("matchExpressions") || selector.isEmpty()
                ? selector.path("matchLabels")
                : selector;
        return wanted.properties().stream().allMatch(label -> label.getValue().equals(labels.path(label.getKey())))
                && elements(selector.path("matchExpressions")).allMatch(expression -> isMatched(expression, labels));
    }

    private static boolean isMatched(JsonNode expression, JsonNode labels) {
        if (!expression.path("operator").asText().equals("In")) {
            throw new IllegalArgumentException("Not known here: " + expression);
        }
        JsonNode label = labels.path(expression.path("key").asText());
        return elements(expression.path("values")).anyMatch(label::equals);
    }

    /** Returns true if a container listens at this port, a number or a name. */
    boolean hasPort(JsonNode port) {
        return containers().stream()
                .flatMap(container -> elements(container.path("ports")))
                .anyMatch(
                        declared -> port.equals(declared.path("containerPort")) || port.equals(declared.path("name")));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
