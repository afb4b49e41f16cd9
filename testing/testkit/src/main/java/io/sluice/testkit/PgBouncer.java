package io.sluice.testkit;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.local.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A PgBouncer of this machine's, between programs and the tests' PostgreSQL. */
public final class PgBouncer implements AutoCloseable {

    private final int port;
    private final Process process;

    private PgBouncer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** {@return true if this machine has one} */
    public static boolean isInstalled() {
        return executable().isPresent();
    }

    /** {@return true if this machine's keeps track of prepared statements in transaction mode, as those from 1.21 on can} */
    public static boolean knowsPreparedStatements() {
        return executable().map(PgBouncer::version).orElse("").matches("(?s)PgBouncer 1\\.(2[1-9]|[3-9]\\d)\\..*");
    }

    private static String version(File executable) {
        try {
            Process process = new ProcessBuilder(executable.getPath(), "--version").start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one, and waits until it listens.
     *
     * @param postgresUrl the server's {@code postgresql://…}
     * @param mode PgBouncer's {@code pool_mode}
     * @param folder for its settings and log
     * @param more lines of its settings
     */
    public static PgBouncer start(String postgresUrl, String mode, Path folder, String... more) {
        URI server = URI.create(postgresUrl);
        int port = FreePort.find();
        try {
            Path settings = Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    """
                    [databases]
                    sluice = host=%s port=%d user=sluice password=sluice
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = %s
                    default_pool_size = 50
                    %s
                    """
                            .formatted(server.getHost(), server.getPort(), port, mode, String.join("\n", more)));
            Process process = new ProcessBuilder(command(settings))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                    .start();
            await().ignoreExceptions().until(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    return socket.isConnected();
                }
            });
            return new PgBouncer(port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path settings) {
        List<String> command =
                new ArrayList<>(List.of(executable().orElseThrow().getPath(), "-q"));
        if (System.getProperty("user.name").equals("root")) {
            // It does not run as root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        return command;
    }

    private static Optional<File> executable() {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":", -1))
                .map(path -> new File(path, "pgbouncer"))
                .filter(File::canExecute)
                .findFirst();
    }

    /** The JDBC URL of the database behind it, without parameters. */
    public String url() {
        return "jdbc:postgresql://sluice:sluice@127.0.0.1:" + port + "/sluice";
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
