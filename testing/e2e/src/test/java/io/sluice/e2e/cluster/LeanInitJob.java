package io.sluice.e2e.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * init-job with less memory than its limit: the pod of the Job that has run, but that its JVM takes the memory for as much as before.
 * The kernel then ends it where it needs more, which the cgroup's highest usage would not tell: that counts what it could give back, too.
 * All is new to it, an empty database and topics that are not there.
 *
 * @param reason why its container has ended, as in Completed and OOMKilled
 * @param log all that it has said
 */
record LeanInitJob(String reason, String log) {

    private static final String NAME = "lean-init-job";
    private static final Set<String> REPLACED = Set.of("DATABASE_URL_FILE", "TOPIC_PREFIX", "JAVA_TOOL_OPTIONS");

    /** Runs it to its end, with this share of its limit. */
    static LeanInitJob run(Kubectl kubectl, double share) {
        kubectl.run(
                "exec",
                "postgresql-0",
                "--",
                "psql",
                "--username=postgres",
                "--command=create database lean owner sluice");
        kubectl.apply(pod(kubectl, share).toString());
        String reason = await().atMost(Deployed.TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> reason(kubectl), Predicate.not(String::isEmpty));
        String log = kubectl.run("logs", NAME);
        kubectl.run("delete", "pod", NAME);
        return new LeanInitJob(reason, log);
    }

    private static String reason(Kubectl kubectl) {
        return kubectl.get("pod", NAME)
                .at("/status/containerStatuses/0/state/terminated/reason")
                .asText();
    }

    private static ObjectNode pod(Kubectl kubectl, double share) {
        ObjectNode pod = kubectl.get("jobs", "--selector=app.kubernetes.io/name=init-job")
                .at("/items/0/spec/template")
                .deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        // Without the Job's labels, by which it would take the pod for one of its own; with those that policies know.
        pod.putObject("metadata")
                .put("name", NAME)
                .putObject("labels")
                .put("app.kubernetes.io/name", "init-job")
                .put("app.kubernetes.io/part-of", "sluice");
        ((ObjectNode) pod.path("spec")).put("restartPolicy", "Never");
        ObjectNode container = (ObjectNode) pod.at("/spec/containers/0");
        long limit = PodMemory.bytes(container.at("/resources/limits/memory"));
        ((ObjectNode) container.at("/resources/limits")).put("memory", Math.round(limit * share));
        ArrayNode variables = (ArrayNode) container.path("env");
        removeReplaced(variables);
        addVariable(variables, "JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + limit);
        addVariable(variables, "TOPIC_PREFIX", "lean-");
        addVariable(variables, "DATABASE_URL", "postgresql://sluice:local-db@postgresql:5432/lean");
        return pod;
    }

    private static void removeReplaced(ArrayNode variables) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            JsonNode name = variables.get(i).path("name");
            if (REPLACED.contains(name.textValue())) {
                variables.remove(i);
            }
        }
    }

    private static void addVariable(ArrayNode variables, String name, String value) {
        variables.addObject().put("name", name).put("value", value);
    }
}
