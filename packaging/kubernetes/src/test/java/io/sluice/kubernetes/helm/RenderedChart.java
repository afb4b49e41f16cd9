package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import io.sluice.kubernetes.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart that the build has written, rendered by Helm as a library. */
public record RenderedChart(Resources resources) {

    public static final Path FOLDER = Path.of("../../target/helm/sluice");

    /** The oldest version of Kubernetes that the chart takes. The library assumes an older one. */
    private static final String KUBERNETES = "1.30";

    /** Renders the release {@code todo} with these values, in the form of a values file. */
    static RenderedChart of(String values) throws IOException {
        return of("todo", values);
    }

    static RenderedChart of(String release, String values) throws IOException {
        return of(FOLDER, release, values);
    }

    public static RenderedChart of(Path folder, String release, String values) throws IOException {
        return new RenderedChart(parse(text(folder, release, values, KUBERNETES)));
    }

    static String text(String release, String values) throws IOException {
        return text(FOLDER, release, values, KUBERNETES);
    }

    static String text(Path folder, String release, String values, String kubernetes) throws IOException {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.writeString(file, values);
            return new Helm(folder)
                    .template()
                    .withName(release)
                    .withNamespace("apps")
                    .withValuesFile(file)
                    .withKubeVersion(kubernetes)
                    .call();
        } finally {
            Files.delete(file);
        }
    }

    private static Resources parse(String text) throws IOException {
        Path file = Files.createTempFile("rendered", ".yaml");
        try {
            Files.writeString(file, text);
            return Resources.read(file);
        } finally {
            Files.delete(file);
        }
    }

    Stream<ObjectNode> all() {
        return resources.all().stream();
    }

    List<String> names() {
        return all().map(resource -> resource.path("kind").asText() + " " + name(resource))
                .toList();
    }

    ObjectNode get(String kind, String name) {
        return all().filter(resource -> resource.path("kind").asText().equals(kind))
                .filter(resource -> name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No %s %s in %s".formatted(kind, name, names())));
    }

    JsonNode container(String deployment) {
        return get("Deployment", deployment).at("/spec/template/spec/containers/0");
    }

    String jobName() {
        return name(resources.only("Job"));
    }

    static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }
}
