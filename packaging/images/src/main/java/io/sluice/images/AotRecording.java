package io.sluice.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs on the JVM of the base image and leaves an AOT cache when it ends: what its classes are and how they are linked,
 * which a later JVM takes as it is in place of finding it out.
 */
final class AotRecording implements AutoCloseable {
    private static final long LIMIT_SECONDS = 300;

    private final Program program;
    private final Path folder;
    private final Process process;

    private AotRecording(Program program, Path folder, Process process) {
        this.program = program;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param folder has {@link Program#module()} with the program's files, with the times that they have in the image
     * @param environment all that the program gets; nothing of this process
     */
    static AotRecording start(Program program, BaseJvm jvm, Path folder, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jvm.java().toString());
        command.add("-XX:AOTCacheOutput=" + cache(program, folder));
        // The heap that a pod has; this machine's would do, but two of them record at once.
        command.add("-Xmx256m");
        command.add("-jar");
        command.add("quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.resolve(program.module()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(program, folder).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new AotRecording(program, folder, builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the program to end. */
    void stop() {
        process.destroy();
    }

    /** Waits for its end, and for the cache that the JVM puts together then. */
    Path cache() throws InterruptedException {
        Path cache = cache(program, folder);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache)) {
            throw failure();
        }
        return cache;
    }

    /** That it did not do what it is recorded for. */
    ImageBuildException failure() {
        return new ImageBuildException("No AOT cache was recorded of %s; what it said is in %s."
                .formatted(program.module(), log(program, folder)));
    }

    /** Kills it, if something went wrong. */
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
