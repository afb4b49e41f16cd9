package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ClassArchive;
import io.sluice.local.FreePort;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a packaged program, in an environment that has none of the settings but those given. */
final class ProgramRun implements AutoCloseable {

    /** The three of them. */
    static final List<String> PROGRAMS = List.of("api", "consumer", "worker", "init-job");

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final String program;
    private final Process process;
    private final Path out;
    private final Path err;

    private ProgramRun(String program, Process process, Path out, Path err) {
        this.program = program;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static ProgramRun start(String program, Map<String, String> settings, String... arguments) {
        Path jar = Path.of("../..", program, "target", "quarkus-app", "quarkus-run.jar");
        List<String> command =
                new ArrayList<>(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(ClassArchive.of(Path.of("../.."), program).options());
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        for (Setting setting : Setting.values()) {
            builder.environment().remove(setting.name());
            builder.environment().keySet().removeAll(setting.aliases());
        }
        // Several run at once; those whose metrics are read are told where to show them.
        builder.environment().put(Setting.MANAGEMENT_PORT.name(), Integer.toString(FreePort.find()));
        builder.environment().putAll(settings);
        try {
            Path out = Files.createTempFile(program, ".out");
            Path err = Files.createTempFile(program, ".err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new ProgramRun(program, process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String program() {
        return program;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, as Kubernetes does. */
    void terminate() {
        process.destroy();
    }

    /** Asks it to end, and waits for that. */
    void stop() {
        terminate();
        exitCode();
    }

    /** Waits for the end, for half a minute. */
    int exitCode() {
        return exitCode(Duration.ofSeconds(30));
    }

    /** Waits for the end. */
    int exitCode(Duration atMost) {
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s has ended: %s", program, err())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The standard output so far. */
    String out() {
        return read(out);
    }

    /** The standard error so far. */
    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Files.delete(out);
            Files.delete(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
