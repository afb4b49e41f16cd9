package io.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** Folder {@code base} of {@code target/kubernetes}, to which the generated resources are added. */
record Base(Path folder) {

    private static final String NAME = "app.kubernetes.io/name";

    /**
     * Adds a program's resources.
     *
     * @param hasService false for a program that nothing calls
     */
    void add(Program program, boolean hasService) throws IOException {
        Resources generated =
                hasService ? program.generated() : program.generated().without("Service");
        if (generated.has("Job")) {
            correct(generated.only("Job"), program.name());
        }
        generated.write(folder.resolve(program.name() + ".yml"));
    }

    private static void correct(ObjectNode job, String name) {
        // Quarkus writes an empty one, which a server-side apply would set in place of Kubernetes' own: that is
        // refused.
        object(job.path("spec")).remove("selector");
        // Quarkus would put it into the Job's selector, too, which Kubernetes makes by itself.
        label(job, name);
    }

    /** Gives the pod of init-job to the CronJob {@code retention} as well. */
    void addRetention() throws IOException {
        Path file = folder.resolve("retention.yml");
        Resources written = Resources.read(file);
        ObjectNode job = Resources.read(folder.resolve("init-job.yml")).only("Job");
        ObjectNode pod = object(job.at("/spec/template")).deepCopy();
        label(pod, "retention");
        object(pod.at("/spec/containers/0")).putArray("args").add("retention");
        object(written.only("CronJob").at("/spec/jobTemplate/spec")).set("template", pod);
        written.write(file);
    }

    private static void label(ObjectNode resource, String name) {
        object(resource.at("/metadata/labels")).put(NAME, name);
        JsonNode pod = resource.at("/spec/template");
        if (pod.isObject()) {
            label(object(pod), name);
        }
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException("There is no object where one is expected");
    }
}
