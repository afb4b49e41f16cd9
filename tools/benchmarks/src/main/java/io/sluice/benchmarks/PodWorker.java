package io.sluice.benchmarks;

import io.sluice.local.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged worker with the options of its container image, within the limits of its pod if this machine allows that. */
final class PodWorker implements AutoCloseable {

    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
    private static final double CORES = 0.5;
    private static final int MEBIBYTES = 1_024;
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final int START_LIMIT_SECONDS = 120;
    private static final int STOP_LIMIT_SECONDS = 10;
    private static final int OK = 200;

    private final @Nullable ControlGroup limits;
    private final Process process;
    private final Path log;

    private PodWorker(@Nullable ControlGroup limits, Process process, Path log) {
        this.limits = limits;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param log file of its output
     */
    static PodWorker start(Path project, Path log, Map<String, String> environment)
            throws IOException, InterruptedException {
        Optional<ControlGroup> limits = ControlGroup.make(CONTROL_GROUPS, CORES, (long) MEBIBYTES << 20);
        List<String> command = command(project, limits.isPresent());
        ProcessBuilder builder =
                new ProcessBuilder(limits.map(it -> it.around(command)).orElse(command));
        int port = FreePort.find();
        builder.environment().putAll(environment);
        builder.environment().put("HTTP_HOST", "127.0.0.1");
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_PORT", Integer.toString(FreePort.find()));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        PodWorker worker = new PodWorker(limits.orElse(null), builder.start(), log);
        try {
            worker.awaitReady(URI.create("http://127.0.0.1:" + port + "/health/ready"));
            return worker;
        } catch (RuntimeException | InterruptedException e) {
            worker.close();
            throw e;
        }
    }

    /** Command of the JVM; without a control group it does as it would in one, and is held by nothing. */
    private static List<String> command(Path project, boolean limited) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (limited) {
            command.add("-XX:MaxRAMPercentage=50");
        } else {
            command.addAll(List.of("-XX:ActiveProcessorCount=1", "-Xmx" + MEBIBYTES / 2 + "m"));
        }
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-jar");
        command.add(project.resolve("worker/target/quarkus-app/quarkus-run.jar").toString());
        return command;
    }

    private void awaitReady(URI health) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        while (!isReady(http, health)) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw failure("is not ready after %d s".formatted(START_LIMIT_SECONDS));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static boolean isReady(HttpClient http, URI health) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Throws if it has ended, as for want of memory. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw failure("has ended with exit code " + process.exitValue());
        }
    }

    private Failure failure(String what) {
        String output;
        try {
            output = Files.readString(log);
        } catch (IOException e) {
            output = e.toString();
        }
        return new Failure("The worker %s:%n%s".formatted(what, output));
    }

    /** The limits, for people. */
    String limits() {
        return limits == null
                ? "none: this user may make no control group, so that the JVM was told to take this for a pod"
                : "%s of a core and %,d MiB, by a control group".formatted(CORES, MEBIBYTES);
    }

    /** The most memory that was resident since its start, in MiB; -1 on a system that does not tell. */
    long peakMebibytes() throws IOException {
        return ResidentMemory.peakMebibytes(process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        if (limits != null) {
            limits.close();
        }
    }
}
