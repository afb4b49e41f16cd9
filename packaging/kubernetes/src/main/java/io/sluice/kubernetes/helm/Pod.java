package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Template of a program's pods, much of which becomes values of the chart. */
record Pod(JsonNode template, String program) {

    private static final List<String> USERS_OF_STORAGE = List.of("api", "worker");

    void extractTo(Values values) {
        ObjectNode container = (ObjectNode) template.at("/spec/containers/0");
        extractImage(container, values);
        values.extract(container, "resources", program + ".resources");
        for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
            if (container.has(probe)) {
                extractProbe(container, probe, values);
            }
        }
        container
                .withArray("/env")
                .add("{{- with include \"sluice.env\" (list \"%1$s\" .Values.%1$s) }}{{- trim . }}".formatted(program));
        ObjectNode spec = (ObjectNode) template.path("spec");
        spec.put("imagePullSecrets", "{{- with .Values.imagePullSecrets }}{{- toYaml . }}");
        spec.put("serviceAccountName", "{{- with include \"sluice.serviceAccount\" . }}{{ . }}");
        for (String field : List.of("nodeSelector", "tolerations", "affinity")) {
            spec.put(field, optional(field));
        }
        ObjectNode metadata = template.withObject("/metadata");
        metadata.withObject("/annotations").put(Template.MERGED, optional("podAnnotations"));
        metadata.withObject("/labels").put(Template.MERGED, optional("podLabels"));
        String files = "{{- with .Values.files.existingSecret }}{{- include \"%s\" . }}";
        container.withArray("/volumeMounts").add(files.formatted("sluice.filesMount"));
        spec.withArray("/volumes").add(files.formatted("sluice.filesVolume"));
        if (USERS_OF_STORAGE.contains(program)) {
            // Values of an older release do not have it.
            String storage = "{{- with (default dict .Values.storage).existingClaim }}{{- include \"%s\" . }}";
            container.withArray("/volumeMounts").add(storage.formatted("sluice.storageMount"));
            spec.withArray("/volumes").add(storage.formatted("sluice.storageVolume"));
        }
        roll();
    }

    /** Returns the expression of a value that values of an older release do not have. */
    private String optional(String value) {
        return "{{- with .Values.%s.%s }}{{- toYaml . }}".formatted(program, value);
    }

    private void extractProbe(ObjectNode container, String probe, Values values) {
        String value = program + "." + probe;
        values.extract(container, probe, value);
        container.put(
                probe, "{{- with .Values.%1$s }}{{- include \"sluice.probe\" (list \"%1$s\" . $) }}".formatted(value));
    }

    private void extractImage(ObjectNode container, Values values) {
        String image = container.path("image").asText();
        values.add(program + ".image.repository", container.textNode(image.substring(0, image.lastIndexOf(':'))));
        container.put("image", "{{ include \"sluice.image\" (list .Values.%s.image .) }}".formatted(program));
        values.extract(container, "imagePullPolicy", program + ".image.pullPolicy");
    }

    /** Adds checksums of what pods read when they start. DATABASE_URL is not part of it: its file is read again. */
    private void roll() {
        template.withObject("/metadata/annotations")
                .put("checksum/settings", "{{ include \"sluice.settings\" . | sha256sum }}")
                .put("checksum/secret", "{{ omit .Values.secret.data \"DATABASE_URL\" | toJson | sha256sum }}");
    }
}
