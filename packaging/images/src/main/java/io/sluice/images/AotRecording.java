package io.sluice.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs on the JVM of the base image and writes an AOT cache when it ends: its loaded and linked classes,
 * which a later JVM maps in place of loading them again.
 */
final class AotRecording implements AutoCloseable {
    private static final long LIMIT_SECONDS = 300;

    /** The heap of a pod. */
    private static final String MAX_HEAP = "-Xmx256m";

    private final Program program;
    private final Path folder;
    private final BaseJvm jvm;
    private final Process process;

    private AotRecording(Program program, BaseJvm jvm, Path folder, Process process) {
        this.program = program;
        this.jvm = jvm;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts the program.
     *
     * @param folder contains {@link Program#module()} with the program's files, with the modification times that they
     *     have in the image
     * @param environment the complete environment of the program; nothing is inherited
     */
    static AotRecording start(Program program, BaseJvm jvm, Path folder, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jvm.java().toString());
        command.add("-XX:AOTCacheOutput=" + cache(program, folder));
        // Two programs record at the same time on this machine.
        command.add(MAX_HEAP);
        command.add("-jar");
        command.add("quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.resolve(program.module()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(program, folder).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new AotRecording(program, jvm, folder, builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Requests the end of the program. */
    void stop() {
        process.destroy();
    }

    /** Waits until the program has ended and its JVM has written the cache, and tries the cache. */
    Path cache() throws IOException, InterruptedException {
        Path cache = cache(program, folder);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache) || !isUsable(cache)) {
            throw failure();
        }
        return cache;
    }

    /** Starts a JVM as that of a small container, up to the program's main method: one that cannot use its cache ends at once. */
    private boolean isUsable(Path cache) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                jvm.java().toString(),
                "-XX:AOTCache=" + cache,
                "-XX:AOTMode=on",
                BaseJvm.INITIAL_HEAP,
                MAX_HEAP,
                "-XX:+UseSerialGC"));
        command.addAll(BaseJvm.UNMOVED_CACHE);
        command.addAll(List.of("--dry-run", "-jar", "quarkus-run.jar"));
        Process trial = new ProcessBuilder(command)
                .directory(folder.resolve(program.module()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(log(program, folder).toFile()))
                .start();
        return trial.waitFor() == 0;
    }

    /** The failure of the recording. */
    ImageBuildException failure() {
        return new ImageBuildException("No AOT cache was recorded of %s; what it said is in %s."
                .formatted(program.module(), log(program, folder)));
    }

    /** Kills the program if it still runs. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Path cache(Program program, Path folder) {
        return folder.resolve(program.module() + ".aot");
    }

    private static Path log(Program program, Path folder) {
        return folder.resolve(program.module() + ".log");
    }
}
