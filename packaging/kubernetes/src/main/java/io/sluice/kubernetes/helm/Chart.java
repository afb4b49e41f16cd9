package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.kubernetes.Program;
import io.sluice.kubernetes.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Helm's chart, whose templates and values are made of kustomize's resources. */
public final class Chart {

    /** Condition of what leads to the worker. */
    private static final String WORKER_ENABLED = enabled("worker");

    /** Condition of what leads to Redis. Values of an older release do not say where it is: the policy is there, and admits to nothing. */
    private static final String REDIS_ADMITTED =
            "and .Values.networkPolicies.enabled (ne (toString .Values.networkPolicies.redis) \"[]\")";

    private final Path kustomize;
    private final Path folder;
    private final List<Program> programs;
    private final Values values = new Values();

    /**
     * @param kustomize the folder target/kubernetes, complete
     * @param folder the chart's folder, which has the hand-written parts
     * @param programs all programs
     */
    public Chart(Path kustomize, Path folder, List<Program> programs) {
        this.kustomize = kustomize;
        this.folder = folder;
        this.programs = programs;
    }

    /**
     * Writes all parts that are not written by hand.
     *
     * @param metadata values of the placeholders <code>${…}</code> of {@code Chart.yaml} and README.md, by their names
     * @throws IOException if a file cannot be read or written
     */
    public void write(Map<String, String> metadata) throws IOException {
        String tag = imageTag();
        api();
        for (Program program : programs) {
            if (program.isDeployment() && !program.name().equals("api")) {
                worker(program);
            }
        }
        initJob();
        retention();
        autoscalers();
        retrieval();
        disruptionBudgets();
        networkPolicies();
        podMonitor();

        String settings = Files.readString(kustomize.resolve("base/settings.env"));
        change("values.yaml", text -> values.fill(text, settings));
        change("Chart.yaml", text -> fill(text, metadata).replace("${image.tag}", tag));
        String table = ValuesTable.of(Files.readString(folder.resolve("values.yaml")));
        change("README.md", text -> fill(text, metadata).replace("${values}\n", table));
    }

    /** Returns the tag of all programs' images. */
    private String imageTag() throws IOException {
        String image = Resources.read(kustomize.resolve("base/api.yml"))
                .only("Deployment")
                .at("/spec/template/spec/containers/0/image")
                .asText();
        return image.substring(image.lastIndexOf(':') + 1);
    }

    private static String fill(String text, Map<String, String> metadata) {
        String filled = text;
        for (Map.Entry<String, String> field : metadata.entrySet()) {
            filled = filled.replace("${%s}".formatted(field.getKey()), field.getValue());
        }
        return filled;
    }

    private void api() throws IOException {
        Resources api = read("base/api.yml");
        JsonNode service = api.only("Service").path("spec");
        values.extract(service, "type", "api.service.type");
        values.extract(service.at("/ports/0"), "port", "api.service.port");
        values.extract(service.at("/ports/0"), "nodePort", "api.service.nodePort");
        String chosen = "{{- if and .Values.api.service.nodePort (ne .Values.api.service.type \"ClusterIP\") }}";
        put(service.at("/ports/0"), "nodePort", chosen + "{{ .Values.api.service.nodePort }}");

        JsonNode deployment = api.only("Deployment").path("spec");
        put(deployment, "replicas", "{{- if not .Values.api.autoscaling.enabled }}{{ .Values.api.replicas }}");
        new Pod(deployment.path("template"), "api").extractTo(values);
        JsonNode container = deployment.at("/template/spec/containers/0");
        put(container, "name", "{{ .Values.api.component | default \"api\" }}");
        put(container, "resources", "{{- include \"sluice.apiResources\" . }}");
        for (JsonNode owner : List.of(api.only("Service"), api.only("Deployment"), deployment.path("template"))) {
            put(
                    owner.at("/metadata/labels"),
                    "app.kubernetes.io/component",
                    "{{- with .Values.api.component }}{{ quote . }}");
        }
        write("api", new Template().add(api));
    }

    /** Adds a program that runs all the time and is not called. */
    private void worker(Program program) throws IOException {
        Resources resources = read("base/%s.yml".formatted(program.name()));
        JsonNode deployment = resources.only("Deployment").path("spec");
        String replicas = ".Values.%s.replicas".formatted(program.valuesKey());
        put(
                deployment,
                "replicas",
                isScaled(program)
                        ? "{{- if not .Values.%s.autoscaling.enabled }}{{ %s }}"
                                .formatted(program.valuesKey(), replicas)
                        : "{{ %s }}".formatted(replicas));
        new Pod(deployment.path("template"), program.valuesKey()).extractTo(values);
        write(program.name(), new Template().addIf(enabled(program.valuesKey()), resources));
    }

    /** Returns whether the chart can scale a program that is not called; the api always can. */
    private boolean isScaled(Program program) {
        return Files.exists(kustomize.resolve(autoscalerOf(program)));
    }

    private static String autoscalerOf(Program program) {
        return "components/autoscaling/%s-autoscaler.yml".formatted(program.name());
    }

    /** Returns the condition of a program's resources. Values of an older release do not say whether there is one. */
    private static String enabled(String section) {
        return "ne (toString .Values.%s.enabled) \"false\"".formatted(section);
    }

    /** Ends the Job's name in a hash of its spec and of what it reads: a Job cannot be changed, but after a change another one runs. */
    private void initJob() throws IOException {
        Resources resources = read("base/init-job.yml");
        ObjectNode job = resources.only("Job");
        new Pod(job.at("/spec/template"), "initJob").extractTo(values);
        Resources spec = new Resources(List.of((ObjectNode) job.path("spec")));
        put(job, "spec", "{{- include \"sluice.initJob\" . }}");

        String hash = "{{ print (include \"sluice.initJob\" .) (toJson .Values.secret) | sha256sum | trunc 10 }}";
        put(job.path("metadata"), "name", job.at("/metadata/name").asText() + "-" + hash);
        ((ObjectNode) job.at("/metadata/annotations")).remove("internal.config.kubernetes.io/needsHashSuffix");
        write("init-job", new Template().define("sluice.initJob", spec).add(resources));
    }

    private void retention() throws IOException {
        Resources retention = read("base/retention.yml");
        new Pod(retention.only("CronJob").at("/spec/jobTemplate/spec/template"), "initJob").extractTo(values);
        write("retention", new Template().add(retention));
    }

    private void autoscalers() throws IOException {
        Resources ofApi = autoscaler("components/autoscaling/autoscaler.yml", "api");
        Template template = new Template().addIf(".Values.api.autoscaling.enabled", ofApi);
        for (Program program : programs) {
            if (isScaled(program)) {
                String condition = "and .Values.%s.autoscaling.enabled (%s)"
                        .formatted(program.valuesKey(), enabled(program.valuesKey()));
                template.addIf(condition, autoscaler(autoscalerOf(program), program.valuesKey()));
            }
        }
        write("autoscaler", template);
    }

    private Resources autoscaler(String file, String section) throws IOException {
        Resources autoscaler = read(file);
        JsonNode spec = autoscaler.only("HorizontalPodAutoscaler").path("spec");
        values.extract(spec, "minReplicas", section + ".autoscaling.minReplicas");
        values.extract(spec, "maxReplicas", section + ".autoscaling.maxReplicas");
        put(
                spec,
                "maxReplicas",
                "{{ include \"sluice.maxReplicas\" (list \"%s\" .Values.%1$s.autoscaling) }}".formatted(section));
        for (JsonNode metric : spec.path("metrics")) {
            String value = "%s.autoscaling.%sUtilization"
                    .formatted(section, metric.at("/resource/name").asText());
            values.extract(metric.at("/resource/target"), "averageUtilization", value);
        }
        return autoscaler;
    }

    /** Lets the api ask the worker to rank passages; where the Secret has no WORKER_TOKEN, it does not. */
    private void retrieval() throws IOException {
        Resources service = read("components/retrieval/service.yml");
        write("retrieval", new Template().addIf(WORKER_ENABLED, service));
    }

    private void disruptionBudgets() throws IOException {
        Resources budgets = Resources.read(kustomize.resolve("components/disruption/disruption-budgets.yml"));
        Template template = new Template();
        for (Program program : programs) {
            if (program.isDeployment()) {
                String condition = program.name().equals("api")
                        ? ".Values.disruptionBudgets.enabled"
                        : "and .Values.disruptionBudgets.enabled (%s)".formatted(enabled(program.valuesKey()));
                template.addIf(condition, owned(budgets.named(program.name())));
            }
        }
        write("disruption-budgets", template);
    }

    private void networkPolicies() throws IOException {
        List<ObjectNode> policies = new ArrayList<>();
        for (String policy : List.of("default-deny", "dns", "api", "monitoring")) {
            policies.addAll(
                    read("components/network-policies/%s.yml".formatted(policy)).all());
        }
        policies.stream()
                .map(policy -> policy.at("/spec/ingress/0/from"))
                .filter(from -> from.findValue("sluice.io/client") != null)
                .forEach(from -> ((ArrayNode) from).add("{{- with .Values.networkPolicies.clients }}{{- toYaml . }}"));
        Resources production = Resources.read(kustomize.resolve("overlays/production/network-policies.yml"));
        ObjectNode backends = owned(production.named("backends")).only("NetworkPolicy");
        values.extract(backends.path("spec"), "egress", "networkPolicies.egress");
        policies.add(backends);
        Resources redis = owned(production.named("api-to-redis"));
        values.extract(redis.only("NetworkPolicy").path("spec"), "egress", "networkPolicies.redis");

        Resources local = Resources.read(kustomize.resolve("overlays/local/network-policies.yml"));
        Resources anybody = owned(local.named("api-node-port"));
        write(
                "network-policies",
                new Template()
                        .addIf(".Values.networkPolicies.enabled", new Resources(policies))
                        .addIf(
                                "and .Values.networkPolicies.enabled (ne .Values.api.service.type \"ClusterIP\")",
                                anybody)
                        .addIf(REDIS_ADMITTED, redis)
                        .addIf(
                                "and .Values.networkPolicies.enabled (%s)".formatted(WORKER_ENABLED),
                                read("components/retrieval/network-policies.yml")));
    }

    private void podMonitor() throws IOException {
        Resources monitor = read("components/monitoring/pod-monitor.yml");
        write("pod-monitor", new Template().addIf(".Values.podMonitor.enabled", monitor));
    }

    private Resources read(String file) throws IOException {
        return owned(Resources.read(kustomize.resolve(file)));
    }

    private static Resources owned(Resources resources) {
        resources.all().forEach(Release::own);
        return resources;
    }

    private void write(String name, Template template) throws IOException {
        template.write(folder.resolve("templates/%s.yaml".formatted(name)));
    }

    private void change(String name, UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private static void put(JsonNode owner, String field, String expression) {
        ((ObjectNode) owner).put(field, expression);
    }
}
