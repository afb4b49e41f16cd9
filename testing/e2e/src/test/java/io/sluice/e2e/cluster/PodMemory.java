package io.sluice.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.e2e.cluster.Command.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The memory that a pod of one container uses.
 *
 * @param used as the kubelet measures it, without what could be given back at once
 * @param limit above which the container would be killed
 */
record PodMemory(String pod, long used, long limit) {

    private static final Map<String, Long> UNITS = Map.of("Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30);

    /** True if the cluster measures pods at all: not all have a metrics-server. */
    static boolean isMeasured(Kubectl kubectl) {
        return kubectl.attempt("get", "--raw", "/apis/metrics.k8s.io/v1beta1").exitCode() == 0;
    }

    /** Of these pods, as far as the cluster has measured them already; of none where it measures none. */
    static List<PodMemory> of(Kubectl kubectl, List<Pod> pods) {
        Ended asked = kubectl.attempt(
                "get", "--raw", "/apis/metrics.k8s.io/v1beta1/namespaces/%s/pods".formatted(kubectl.namespace()));
        if (asked.exitCode() != 0) {
            return List.of();
        }
        Map<String, Pod> byName = pods.stream().collect(Collectors.toMap(Pod::name, pod -> pod));
        List<PodMemory> measured = new ArrayList<>();
        for (JsonNode metrics : Kubectl.json(asked.output()).path("items")) {
            String name = metrics.at("/metadata/name").textValue();
            Pod pod = byName.get(name);
            if (pod != null) {
                measured.add(new PodMemory(
                        name,
                        bytes(metrics.at("/containers/0/usage/memory")),
                        bytes(pod.json().at("/spec/containers/0/resources/limits/memory"))));
            }
        }
        return measured;
    }

    /** As a number of bytes, what Kubernetes writes as 256Mi. */
    static long bytes(JsonNode quantity) {
        String text = quantity.textValue();
        String unit = text.replaceFirst("^[0-9]+", "");
        long number = Long.parseLong(text.substring(0, text.length() - unit.length()));
        return number * UNITS.getOrDefault(unit, 1L);
    }

    double share() {
        return (double) used / limit;
    }

    @Override
    public String toString() {
        return "%s: %d of %d MiB".formatted(pod, used >> 20, limit >> 20);
    }
}
