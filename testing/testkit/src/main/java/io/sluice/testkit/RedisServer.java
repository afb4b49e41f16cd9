package io.sluice.testkit;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.local.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A Redis that listens on 127.0.0.1 and keeps nothing on a disk, which a test may kill and start again. */
public final class RedisServer implements AutoCloseable {

    private final int port;
    private final List<String> command;
    private Process process;

    private RedisServer(int port, List<String> command) {
        this.port = port;
        this.command = command;
        this.process = launch();
    }

    /**
     * Starts one, and waits until it answers.
     *
     * @param settings others than its defaults, as on its command line: {@code --requirepass s3cret}
     */
    public static RedisServer start(String... settings) {
        int port = FreePort.find();
        List<String> command = new ArrayList<>(List.of(
                executable(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no"));
        command.addAll(List.of(settings));
        return new RedisServer(port, command);
    }

    private static String executable() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().getPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its port, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** URL of it, as {@code REDIS_URL} takes it, without a password. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Answer to a command without white space in its words: what comes within a moment, as the protocol has it. */
    public String answer(String line) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((line + "\r\nQUIT\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, to be suspended. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Kills it. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again, empty and at the same port. */
    public void restart() {
        kill();
        process = launch();
    }

    private Process launch() {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            await().ignoreExceptions().until(() -> answer("PING").matches("(?s)(\\+PONG|-NOAUTH).*"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
