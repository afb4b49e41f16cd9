package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;

/** Resources without the differences that Helm's chart and kustomize need: names, labels, and annotations that roll the pods. */
final class Unreleased {

    private static final Set<String> OWN = Set.of(
            "app.kubernetes.io/instance",
            "app.kubernetes.io/managed-by",
            "app.kubernetes.io/version",
            "helm.sh/chart",
            "checksum/settings",
            "checksum/secret",
            "internal.config.kubernetes.io/needsHashSuffix");

    private Unreleased() {}

    static ObjectNode of(ObjectNode resource) {
        ObjectNode copy = resource.deepCopy();
        strip(copy);
        switch (copy.path("kind").asText()) {
            // The component for autoscaling has a patch for each.
            case "Deployment" -> {
                ((ObjectNode) copy.path("spec")).remove("replicas");
                ((ObjectNode) copy.at("/spec/template/spec/containers/0/resources/requests")).remove("memory");
            }
            case "Job" -> rename(copy.path("metadata"), "name", "init-job-[0-9a-f]{10}", "init-job");
            default -> {}
        }
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OWN);
            for (String name : List.of("name", "secretName")) {
                rename(object, name, "todo-", "");
                rename(object, name, "todo", "sluice");
            }
        }
        node.forEach(Unreleased::strip);
        if (node instanceof ObjectNode object
                && object.path("matchLabels").isObject()
                && object.path("matchLabels").isEmpty()) {
            object.remove("matchLabels");
        }
    }

    private static void rename(JsonNode owner, String field, String from, String to) {
        if (owner.path(field) instanceof TextNode name) {
            ((ObjectNode) owner).put(field, name.textValue().replaceFirst("^" + from, to));
        }
    }
}
