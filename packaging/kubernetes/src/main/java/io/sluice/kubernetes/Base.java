package io.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** The folder {@code base} of target/kubernetes, to which what is generated is added. */
record Base(Path folder) {

    private static final String NAME = "app.kubernetes.io/name";

    /** Adds a program's resources. */
    void add(String program, Resources generated) throws IOException {
        generated.write(folder.resolve(program + ".yml"));
    }

    /** Adds the consumer without a Service: nothing calls it. */
    void addConsumer(Resources generated) throws IOException {
        add("consumer", generated.without("Service"));
    }

    /** Adds the Job, and gives its pod to the CronJob as well. */
    void addInitJob(Resources generated) throws IOException {
        ObjectNode job = generated.only("Job");
        // Quarkus writes an empty one, which a server-side apply would set in place of Kubernetes' own: that is
        // refused.
        object(job.path("spec")).remove("selector");
        // Quarkus would put it into the Job's selector, too, which Kubernetes makes by itself.
        label(job, "init-job");
        add("init-job", generated);

        Path file = folder.resolve("retention.yml");
        Resources written = Resources.read(file);
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
