package io.sluice.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A PostgreSQL server that listens on 127.0.0.1, with fsync and synchronous_commit on. Its data survives a stop, a kill
 * and a restart. The role {@code sluice}, not a superuser, owns a database of the same name.
 */
public final class PostgresServer extends ManagedProcess {
    static final String NAME = "sluice";
    static final String SUPERUSER = "postgres";

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Path cluster;
    private final int port;
    private final Map<String, String> overrides;

    PostgresServer(Path data, int port, Path log, Map<String, String> overrides, LaunchListener launchListener) {
        super("PostgreSQL", log, Signal.INTERRUPT, GRACE, launchListener);
        this.cluster = data.toAbsolutePath().resolve("cluster");
        this.port = FreePort.orFound(port);
        this.overrides = Map.copyOf(overrides);
    }

    /**
     * Starts a server and waits until clients can use it.
     *
     * @param data folder of its data; created if missing, for one server at a time
     * @param port 1 to 65535; 0 for a free one
     * @param log file that its output is appended to
     * @param overrides server settings (as in postgresql.conf), which take precedence
     * @return the running server
     * @throws StartFailure if it dies, or is not ready within 120 seconds
     */
    public static PostgresServer start(Path data, int port, Path log, Map<String, String> overrides) {
        PostgresServer server = new PostgresServer(data, port, log, overrides, LaunchListener.UNRECORDED);
        server.start();
        return server;
    }

    /** {@return {@code postgresql://sluice:sluice@127.0.0.1:PORT/sluice}} */
    public String url() {
        return "postgresql://%1$s:%1$s@%2$s/%1$s".formatted(NAME, address());
    }

    /** {@return the superuser's {@code postgresql://postgres:postgres@127.0.0.1:PORT/postgres}} */
    public String adminUrl() {
        return "postgresql://%1$s:%1$s@%2$s/%1$s".formatted(SUPERUSER, address());
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    Path data() {
        return cluster;
    }

    @Override
    ChildProcess launch() {
        PostgresBinaries binaries =
                new PostgresBinaries(Installation.ofThisBuild().postgresqlJar());
        PostgresTools tools = PostgresTools.in(binaries.unpacked());
        new PostgresCluster(cluster, tools, log()).make();
        PostmasterFile.of(cluster).release();
        return ChildProcess.start(name(), tools.command("postgres", arguments()), log());
    }

    @Override
    boolean showsReady(ChildProcess process) {
        return PostmasterFile.of(cluster).saysReady(process.handle().pid());
    }

    private List<String> arguments() {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "port", String.valueOf(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "fsync", "on",
                "synchronous_commit", "on",
                "log_checkpoints", "off"));
        settings.putAll(overrides);
        List<String> arguments = new ArrayList<>(List.of("-D", cluster.toString()));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }
}
