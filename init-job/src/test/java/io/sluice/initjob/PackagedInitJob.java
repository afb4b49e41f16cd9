package io.sluice.initjob;

import io.sluice.local.ClassArchive;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The packaged program as a process whose environment has only the given settings. */
final class PackagedInitJob {

    /** As ./run has it: JVMs take an archive of classes only with the path that it was written with. */
    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Process process;
    private final Path out;
    private final Path err;

    private PackagedInitJob(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    record Result(int exitCode, String out, String err) {}

    static Result run(Map<String, String> settings, String... arguments) {
        return start(settings, arguments).end();
    }

    static PackagedInitJob start(Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(ClassArchive.of(Path.of(".."), "init-job").optionsOfWriter());
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        for (Setting setting : Setting.values()) {
            builder.environment().remove(setting.name());
            builder.environment().keySet().removeAll(setting.aliases());
        }
        builder.environment().putAll(settings);
        try {
            Path out = Files.createTempFile("init-job", ".out");
            Path err = Files.createTempFile("init-job", ".err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new PackagedInitJob(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String err() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void terminate() {
        process.destroy();
    }

    Result end() {
        try {
            Result result = new Result(process.waitFor(), Files.readString(out), err());
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
