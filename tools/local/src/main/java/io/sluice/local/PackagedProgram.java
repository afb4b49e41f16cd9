package io.sluice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A packaged program, and the settings that it gets beside those of this process.
 *
 * @param name of the program and its module
 * @param project folder of the modules
 * @param workingFolder of the process
 * @param environment settings of the program
 */
record PackagedProgram(String name, Path project, Path workingFolder, Map<String, String> environment) {
    /** Alternative name of APP_ENV, which must not contradict it. */
    private static final String OTHER_NAME_OF_APP_ENV = "ENVIRONMENT";

    /**
     * Highest compilation level; 4 is the JVM's default. Tests use 1, because their programs end before the optimizing
     * compiler pays.
     */
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
