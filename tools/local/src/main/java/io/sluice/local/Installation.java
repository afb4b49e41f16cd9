package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Locations of the servers, which the build puts beside this module's classes. */
record Installation(Path target) {
    static Installation ofThisBuild() {
        try {
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Installation(code.resolve("..").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder of the modules. */
    Path project() {
        return target.resolve("../../..").normalize();
    }

    /** A class path of all the broker's jars. */
    String kafkaClassPath() {
        Path jars = target.resolve("servers/kafka");
        if (!Files.isDirectory(jars)) {
            throw new StartFailure(
                    "Kafka is missing in %s: build it with ./mvnw -pl tools/local package.".formatted(jars));
        }
        return jars.resolve("*").toString();
    }

    /** The broker's class archive, which exists after its first orderly stop. */
    ClassArchive kafkaClasses() {
        return new ClassArchive(target.resolve("servers"), target.resolve("servers/kafka"));
    }

    /** The jar with PostgreSQL's files. */
    Path postgresqlJar() {
        Path folder = target.resolve("servers/postgresql");
        if (!Files.isDirectory(folder)) {
            throw new StartFailure("PostgreSQL is missing in %s: %s".formatted(folder, remedy()));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .max(Path::compareTo)
                    .orElseThrow(() -> new StartFailure("PostgreSQL is missing in %s: %s".formatted(folder, remedy())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String remedy() {
        return "build it with ./mvnw -pl tools/local package, on Linux or macOS, x86-64 or ARM64 (this is %s, %s)."
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
    }
}
