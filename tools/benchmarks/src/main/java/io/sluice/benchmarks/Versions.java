package io.sluice.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The measured versions. */
final class Versions {

    private Versions() {}

    /** The versions of a checkout and its dependencies. */
    static Map<String, String> of(Path project) {
        Properties built = built();
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Sluice", commit(project));
        built.stringPropertyNames().stream().sorted().forEach(name -> versions.put(name, built.getProperty(name)));
        return versions;
    }

    /** The current commit, and whether there are uncommitted changes. */
    static String commit(Path project) {
        String commit = run(project, "git", "rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        return run(project, "git", "status", "--porcelain").isEmpty() ? commit : commit + ", with uncommitted changes";
    }

    private static String run(Path project, String... command) {
        try {
            Process git = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException notInstalled) {
            return "";
        }
    }

    private static Properties built() {
        Properties built = new Properties();
        try (InputStream file = Objects.requireNonNull(Versions.class.getResourceAsStream("/versions.properties"))) {
            built.load(file);
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
