package io.sluice.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** Checkouts of the project for tests that act in one, which the tree under test must not see. */
final class Checkout {

    /** The root of the project, from the folder that tests of this module run in. */
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    /** Files and folders that {@code ./run} looks at, besides the programs. */
    private static final List<String> SHARED = List.of(
            "pom.xml",
            "mvnw",
            ".mvn",
            "docs",
            "libs",
            "packaging/programs",
            "tools/local/pom.xml",
            "tools/local/src",
            "tools/local/target/lib",
            "tools/local/target/servers");

    /** Java finds the project by its own jar, past links to that. */
    private static final List<String> COPIED = List.of("run", "tools/local/target/sluice-local.jar");

    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".sluice");

    private Checkout() {}

    /** Makes one that shares sources and what is built, and has a data folder of its own. */
    static void link(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("tools/local/target"));
        for (String part : COPIED) {
            Files.copy(PROJECT.resolve(part), folder.resolve(part));
        }
        Files.createDirectories(folder.resolve("packaging"));
        for (String part : SHARED) {
            Files.createSymbolicLink(folder.resolve(part), PROJECT.resolve(part));
        }
        for (Path program : programs()) {
            Files.createSymbolicLink(folder.resolve(program.getFileName()), program);
        }
        // What the script leaves after a build: the build that runs this test has just made everything.
        Files.createFile(Files.createDirectory(folder.resolve(".sluice")).resolve("built"));
    }

    private static List<Path> programs() throws IOException {
        try (Stream<Path> folders = Files.list(PROJECT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("src/main/kubernetes/kubernetes.yml")))
                    .toList();
        }
    }

    /** Makes one of the sources alone, to be edited and built. */
    static void copySources(Path folder) throws IOException {
        FileUtils.copyDirectory(
                PROJECT.toFile(), folder.toFile(), file -> !NOT_SOURCES.contains(file.getName()), false);
    }
}
