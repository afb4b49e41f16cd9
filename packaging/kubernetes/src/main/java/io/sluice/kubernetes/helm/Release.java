package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes resources a release's own: by the release's name before theirs, and by labels and selectors that tell releases apart. */
final class Release {

    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final String NAME = "app.kubernetes.io/name";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String INSTANCE = "app.kubernetes.io/instance";

    private Release() {}

    static void own(ObjectNode resource) {
        ObjectNode metadata = resource.withObject("/metadata");
        rename(metadata);
        mark(resource);
        metadata.withObject("/labels")
                .put(MANAGED_BY, "{{ .Release.Service }}")
                .put("app.kubernetes.io/version", "{{ include \"sluice.version\" . }}")
                .put("helm.sh/chart", "{{ include \"sluice.chart\" . }}");
    }

    private static void mark(JsonNode node) {
        if (node instanceof ObjectNode object) {
            markLabels(object);
            markSelector(object);
            refer(object);
        }
        node.forEach(Release::mark);
    }

    private static void markLabels(ObjectNode object) {
        if (object.has(NAME) || object.has(PART_OF)) {
            object.remove(MANAGED_BY);
            object.put(INSTANCE, "{{ .Release.Name | quote }}");
        }
    }

    private static void markSelector(ObjectNode object) {
        boolean byExpression = NAME.equals(object.at("/matchExpressions/0/key").asText());
        boolean all = object.path("podSelector").isObject()
                && object.path("podSelector").isEmpty();
        if (byExpression || all) {
            ObjectNode selector = all ? object.withObject("/podSelector") : object;
            selector.withObject("/matchLabels").put(INSTANCE, "{{ .Release.Name | quote }}");
        }
    }

    private static void refer(ObjectNode object) {
        for (String reference : new String[] {"configMapRef", "scaleTargetRef"}) {
            if (object.path(reference) instanceof ObjectNode named) {
                rename(named);
            }
        }
        if (object.path("secretKeyRef") instanceof ObjectNode named) {
            named.put("name", "{{ include \"sluice.secret\" . }}");
        }
        if (object.has("secretName")) {
            object.put("secretName", "{{ include \"sluice.secret\" . }}");
        }
    }

    /** Puts the release's name before a resource's, or in the place of {@code sluice}, as kustomize calls what all programs share. */
    private static void rename(ObjectNode named) {
        String name = named.path("name").asText();
        named.put("name", "{{ include \"sluice.release\" . }}" + (name.equals("sluice") ? "" : "-" + name));
    }
}
