package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes resources a release's own: by the release's name before theirs, and by labels and selectors that tell releases apart. */
final class Release {

    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final String NAME = "app.kubernetes.io/name";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String API = "api";

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
        if (object.path("scaleTargetRef") instanceof ObjectNode named) {
            rename(named);
        }
        if (object.path("configMapRef") instanceof ObjectNode named) {
            named.put("name", "{{ include \"sluice.configMap\" . }}");
        }
        if (object.path("secretKeyRef") instanceof ObjectNode named) {
            named.put("name", "{{ include \"sluice.secret\" . }}");
            keyOfSecret(named);
        }
        if (object.has("secretName")) {
            object.put("secretName", "{{ include \"sluice.secret\" . }}");
            object.path("items").forEach(item -> keyOfSecret((ObjectNode) item));
        }
    }

    private static void keyOfSecret(ObjectNode reference) {
        String key = reference.path("key").asText();
        reference.put("key", "{{ include \"sluice.secretKey\" (list \"%s\" .) }}".formatted(key));
    }

    /** Puts the release's name before a resource's; those of the api are called as its values say. */
    private static void rename(ObjectNode named) {
        String name = named.path("name").asText();
        boolean ofApi = name.equals(API) || name.startsWith(API + "-");
        named.put(
                "name",
                ofApi
                        ? "{{ include \"sluice.api\" . }}" + name.substring(API.length())
                        : "{{ include \"sluice.release\" . }}-" + name);
    }
}
