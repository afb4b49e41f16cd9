package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cluster of kubectl's current context, through kubectl.
 *
 * @param namespace the one that all commands are about
 */
record Kubectl(String namespace) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a command has ended, and all that it has printed. */
    record Ended(int exitCode, String output) {}

    /** Runs it and gives what it prints; fails where it fails. */
    String run(String... arguments) {
        Ended ended = attempt(arguments);
        assertThat(ended.exitCode())
                .as("kubectl %s: %s", List.of(arguments), ended.output())
                .isZero();
        return ended.output();
    }

    /** Runs it, whatever comes of it. */
    Ended attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", namespace));
        command.addAll(List.of(arguments));
        return ended(command);
    }

    /** Runs a command, which need not be kubectl's. */
    static Ended ended(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
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
    List<JsonNode> pods(String program) {
        List<JsonNode> pods = new ArrayList<>();
        get("pods", "--selector=app.kubernetes.io/name=" + program)
                .path("items")
                .forEach(pods::add);
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
