package io.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program as the build has packaged it, with the settings that it gets beside those of this process. */
record PackagedProgram(String name, Path project, Path workingFolder, Map<String, String> environment) {
    /** How people set the same as APP_ENV; left in place it would contradict it. */
    private static final String OTHER_NAME_OF_APP_ENV = "ENVIRONMENT";

    /** 4 is the JVM's own. Programs of tests get 1: they end before the optimizing compiler pays. */
    private static final int COMPILER_LEVEL = Integer.getInteger("sluice.compiler.level", 4);

    ProcessBuilder command() {
        Path jar = project.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StartFailure("%s is missing: build it with ./mvnw -pl %s -am package.".formatted(jar, name));
        }
        List<String> command = new ArrayList<>(List.of(
                Jvm.command(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + COMPILER_LEVEL,
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(ClassArchive.of(project, name).optionsOfWriter());
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
        builder.environment().remove(OTHER_NAME_OF_APP_ENV);
        builder.environment().putIfAbsent("LOG_FORMAT", "text");
        builder.environment().putAll(environment);
        return builder;
    }
}
