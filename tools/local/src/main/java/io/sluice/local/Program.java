package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One of Sluice's programs that run until they are stopped, from its packaged jar. */
public final class Program extends ManagedProcess {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int TIMEOUT_MILLIS = 2_000;

    private final PackagedProgram packaged;
    private final int port;
    private final int managementPort;

    Program(PackagedProgram packaged, int port, int managementPort, Path log, LaunchListener launchListener) {
        super(packaged.name(), log, Signal.TERMINATE, GRACE, launchListener);
        this.packaged = packaged;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * Starts a program beside running servers, and waits until it is ready.
     *
     * @param project folder of the modules with the packaged programs
     * @param module the program's module, as a path within the project
     * @param folder working folder, with its log
     * @param environment settings, which take precedence over those of this process
     * @return the running program, at free ports
     * @throws StartFailure if it is not packaged, dies, or is not ready within 120 seconds
     */
    public static Program start(Path project, String module, Path folder, Map<String, String> environment) {
        PackagedProgram packaged = new PackagedProgram(module, project, folder, environment);
        Path log = folder.resolve(module.replace('/', '-') + ".log");
        Program program = new Program(packaged, FreePort.find(), FreePort.find(), log, LaunchListener.UNRECORDED);
        program.start();
        return program;
    }

    /** {@return {@code http://127.0.0.1:PORT}} */
    public URI url() {
        return URI.create(address());
    }

    /** {@return where it shows its metrics} */
    public URI metrics() {
        return URI.create("http://127.0.0.1:" + managementPort + "/metrics");
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    ChildProcess launch() {
        ProcessBuilder command = packaged.command();
        command.environment().put("HTTP_HOST", "127.0.0.1");
        command.environment().put("HTTP_PORT", String.valueOf(port));
        command.environment().put("MANAGEMENT_PORT", String.valueOf(managementPort));
        return ChildProcess.start(name(), command, log());
    }

    @Override
    boolean showsReady(ChildProcess process) {
        try {
            HttpURLConnection connection = askWhetherReady();
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its answer to a probe, which names what is waited for, and why. */
    @Override
    String waitsFor() {
        try {
            HttpURLConnection connection = askWhetherReady();
            if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
                return "";
            }
            try (InputStream answer = connection.getErrorStream()) {
                return answer == null
                        ? ""
                        : new String(answer.readAllBytes(), UTF_8).strip().replaceAll("\\s+", " ");
            }
        } catch (IOException noAnswer) {
            return "it does not answer at " + address();
        }
    }

    private HttpURLConnection askWhetherReady() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) url().resolve("/health/ready").toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection;
    }
}
