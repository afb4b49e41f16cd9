package io.sluice.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka node, broker and controller in one process, that listens on 127.0.0.1. Its data survives a stop, a kill and a
 * restart. Topics are not created automatically unless the overrides say so.
 */
public final class KafkaServer extends ManagedProcess {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration FORMAT_LIMIT = Duration.ofSeconds(60);
    private static final String READY = "Kafka Server started";
    private static final String LOGS = "log";
    private static final String SETTINGS = "server.properties";
    private static final String CLUSTER_ID = "c2x1aWNlLWxvY2FsLS0tLQ";

    /**
     * Highest compilation level; 4 is the JVM's default, for benchmarks. 1 starts sooner and needs less memory, which is what
     * developers and tests need.
     */
    private static final int COMPILER_LEVEL = Integer.getInteger("sluice.kafka.compiler.level", 1);

    private final Path data;
    private final int port;
    private final Map<String, String> overrides;
    private final List<Path> plugins;
    private volatile @Nullable ChildProcess seenReady;
    private final Installation installation = Installation.ofThisBuild();

    KafkaServer(Path data, int port, Path log, Map<String, String> overrides, LaunchListener launchListener) {
        this(data, port, log, overrides, List.of(), launchListener);
    }

    private KafkaServer(
            Path data,
            int port,
            Path log,
            Map<String, String> overrides,
            List<Path> plugins,
            LaunchListener launchListener) {
        super("Kafka", log, Signal.TERMINATE, GRACE, launchListener);
        this.data = data.toAbsolutePath();
        this.port = FreePort.orFound(port);
        this.overrides = Map.copyOf(overrides);
        this.plugins = plugins.stream().map(Path::toAbsolutePath).toList();
    }

    /**
     * Starts a node and waits until clients can use it.
     *
     * @param data folder of its data; created if missing, for one node at a time
     * @param port for clients, 1 to 65535; 0 for a free one
     * @param log file that its output is appended to
     * @param overrides broker settings, which take precedence
     * @return the running node
     * @throws StartFailure if it dies, or is not ready within 120 seconds
     */
    public static KafkaServer start(Path data, int port, Path log, Map<String, String> overrides) {
        return start(data, port, log, overrides, List.of());
    }

    /**
     * Starts a node with additional classes that the overrides name, as of a policy.
     *
     * @param data folder of its data
     * @param port for clients
     * @param log file that its output is appended to
     * @param overrides broker settings, which take precedence
     * @param plugins folders or jars of these classes
     * @return the running node
     */
    public static KafkaServer start(Path data, int port, Path log, Map<String, String> overrides, List<Path> plugins) {
        KafkaServer server = new KafkaServer(data, port, log, overrides, plugins, LaunchListener.UNRECORDED);
        server.start();
        return server;
    }

    /** {@return the port for clients} */
    public int port() {
        return port;
    }

    /** {@return {@code 127.0.0.1:PORT}} */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public String address() {
        return bootstrapServers();
    }

    @Override
    Path data() {
        return data.resolve(LOGS);
    }

    @Override
    ChildProcess launch() {
        if (!Files.exists(data.resolve(LOGS))) {
            format();
        }
        new KafkaSettings(port, FreePort.find(), LOGS, overrides).write(data.resolve(SETTINGS));
        ClassArchive classes = installation.kafkaClasses();
        // An archive that was written with other classes beside the broker's is useless to a broker without them.
        List<String> archive = plugins.isEmpty() ? classes.optionsOfWriter() : classes.options();
        return ChildProcess.start(name(), java(archive, "kafka.Kafka", SETTINGS), log());
    }

    @Override
    boolean showsReady(ChildProcess process) {
        if (!process.equals(seenReady) && process.hasLogged(READY)) {
            seenReady = process;
        }
        return process.equals(seenReady);
    }

    /** Formats under another name and renames, so that an existing log folder is always complete. */
    private void format() {
        StagingDirectory staging = new StagingDirectory(data);
        Path draft = staging.next(LOGS);
        staging.discardStale(LOGS);
        String settings = "format.properties";
        try {
            Files.createDirectories(draft);
            new KafkaSettings(port, FreePort.find(), draft.getFileName().toString(), Map.of())
                    .write(data.resolve(settings));
            List<String> archive = installation.kafkaClasses().options();
            ProcessBuilder command =
                    java(archive, "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", settings);
            ChildProcess.start("Kafka's formatting", command, log()).awaitSuccess(FORMAT_LIMIT);
            Files.move(draft, data.resolve(LOGS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder java(List<String> archive, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Jvm.command(),
                "-Xmx300m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + COMPILER_LEVEL,
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(archive);
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
                "-cp",
                classPath(),
                mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(data.toFile());
    }

    private String classPath() {
        return Stream.concat(
                        Stream.of(installation.kafkaClassPath()),
                        plugins.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
