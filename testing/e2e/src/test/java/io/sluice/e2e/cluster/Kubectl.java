package io.sluice.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.e2e.cluster.Command.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cluster of kubectl's current context, through kubectl.
 *
 * @param namespace the one that all commands are about
 */
record Kubectl(String namespace) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs it and gives what it prints; fails where it fails. */
    String run(String... arguments) {
        return Command.run(command(arguments));
    }

    /** Runs it, whatever comes of it. */
    Ended attempt(String... arguments) {
        return Command.attempt(command(arguments));
    }

    private List<String> command(String... arguments) {
        return Stream.concat(Stream.of("kubectl", "--namespace", namespace), Stream.of(arguments))
                .toList();
    }

    /** Applies resources that stand in a text. */
    void apply(String resources) {
        try {
            Path file = Files.createTempFile("resources", ".yml");
            Files.writeString(file, resources);
            run("apply", "--filename", file.toString());
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A resource, or a list of them. */
    JsonNode get(String... what) {
        List<String> arguments = new ArrayList<>(List.of("get", "--output=json"));
        arguments.addAll(List.of(what));
        return json(run(arguments.toArray(String[]::new)));
    }

    /** The pods of a program, those that are about to end too. */
    List<Pod> pods(String program) {
        return podsWith("app.kubernetes.io/name=" + program);
    }

    /** The pods with these labels, those that are about to end too. */
    List<Pod> podsWith(String labels) {
        List<Pod> pods = new ArrayList<>();
        get("pods", "--selector=" + labels).path("items").forEach(pod -> pods.add(new Pod(pod)));
        return pods;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
