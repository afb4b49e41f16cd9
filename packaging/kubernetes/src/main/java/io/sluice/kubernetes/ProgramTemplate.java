package io.sluice.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fills the programs' names into hand-written files. A line with one of these placeholders is repeated with each name:
 * <code>${programs}</code> for all programs, <code>${deployments}</code> for those that are Deployments, <code>${workers}</code> for Deployments
 * without a Service, <code>${sections}</code> for the keys of all programs among the chart's values. A YAML document with
 * <code>${deployment}</code> is repeated with the name of each Deployment.
 */
final class ProgramTemplate {

    private static final Pattern END_OF_DOCUMENT = Pattern.compile("(?m)^---\n");

    private final Map<String, List<String>> names = new LinkedHashMap<>();

    /**
     * @param programs all programs
     * @param services whether a program has a Service
     */
    ProgramTemplate(List<Program> programs, Predicate<Program> services) {
        Predicate<Program> any = program -> true;
        names.put("${programs}", names(programs, any));
        names.put("${deployments}", names(programs, Program::isDeployment));
        names.put("${workers}", names(programs, services.negate().and(Program::isDeployment)));
        names.put("${sections}", programs.stream().map(Program::valuesKey).toList());
    }

    private static List<String> names(List<Program> programs, Predicate<Program> selected) {
        return programs.stream()
                .filter(selected)
                .map(Program::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Replaces the placeholders in each file of a folder and of those in it. */
    void fillAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                String filled = fill(text);
                if (!filled.equals(text)) {
                    Files.writeString(file, filled);
                }
            }
        }
    }

    /** Returns the text with the programs' names. */
    String fill(String text) {
        String lines = text.lines().flatMap(this::line).collect(Collectors.joining("\n"));
        return documents(text.endsWith("\n") ? lines + "\n" : lines);
    }

    private Stream<String> line(String line) {
        for (Map.Entry<String, List<String>> placeholder : names.entrySet()) {
            if (line.contains(placeholder.getKey())) {
                return placeholder.getValue().stream().map(name -> line.replace(placeholder.getKey(), name));
            }
        }
        return Stream.of(line);
    }

    private String documents(String text) {
        if (!text.contains("${deployment}")) {
            return text;
        }
        List<String> documents = new ArrayList<>();
        for (String document : END_OF_DOCUMENT.split(text, -1)) {
            for (String name : names.getOrDefault("${deployments}", List.of())) {
                documents.add(document.replace("${deployment}", name));
            }
        }
        return String.join("---\n", documents);
    }
}
