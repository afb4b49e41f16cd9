package io.sluice.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One of the platform's programs: a module of the root POM that has {@code src/main/kubernetes/kubernetes.yml}. The POM's modules are the
 * one list of them.
 *
 * @param name the name of its folder, image and resources, as in {@code init-job}
 * @param folder its module
 * @param isDeployment true for a program that runs all the time, false for one that runs to its end
 */
public record Program(String name, Path folder, boolean isDeployment) {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final String MANIFEST = "src/main/kubernetes/kubernetes.yml";

    /**
     * Returns all programs in the POM's order.
     *
     * @param root the project's root folder
     * @throws IOException if the POM or a program's manifest cannot be read
     */
    public static List<Program> all(Path root) throws IOException {
        List<Path> folders = MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                .results()
                .map(module -> root.resolve(module.group(1)))
                .filter(folder -> Files.exists(folder.resolve(MANIFEST)))
                .toList();
        List<Program> programs = new ArrayList<>();
        for (Path folder : folders) {
            boolean isDeployment = Resources.read(folder.resolve(MANIFEST)).has("Deployment");
            programs.add(new Program(String.valueOf(folder.getFileName()), folder, isDeployment));
        }
        return programs;
    }

    /** Returns the name of its section among the chart's values, as in {@code initJob}. */
    public String valuesKey() {
        String words = Arrays.stream(name.split("-", -1))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        return Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }

    /** Returns the hand-written resources, to which Quarkus adds. */
    public Resources manifest() throws IOException {
        return Resources.read(folder.resolve(MANIFEST));
    }

    /** Returns the resources that Quarkus has generated. */
    Resources generated() throws IOException {
        return Resources.read(folder.resolve("target/kubernetes/kubernetes.yml"));
    }
}
