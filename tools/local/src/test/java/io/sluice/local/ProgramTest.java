package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir
    private Path folder;

    @Test
    void whatAProgramWaitsForIsWhatItAnswersProbesWith() throws IOException {
        // Given
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/ready", exchange -> {
            byte[] body = "{\n  \"reason\": \"no topic\"\n}\n".getBytes(UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();

        // When
        String reason = program(server.getAddress().getPort()).waitsFor();
        server.stop(0);

        // Then
        assertThat(reason).isEqualTo("{ \"reason\": \"no topic\" }");
    }

    @Test
    void aProgramThatDoesNotAnswerIsSaidToDoSo() {
        int port = FreePort.find();

        assertThat(program(port).waitsFor()).isEqualTo("it does not answer at http://127.0.0.1:" + port);
    }

    @Test
    void whatIsWaitedForStandsInTheFailure() {
        // Given
        ChildProcess process = ChildProcess.start("api", new ProcessBuilder("sleep", "30"), folder.resolve("api.log"));

        // When
        assertThatThrownBy(() -> process.awaitReady(() -> false, () -> "no topic", Duration.ZERO))

                // Then
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("api was not ready within 0 s: no topic. Its log, ");
        Signal.kill(process.handle());
    }

    private Program program(int port) {
        PackagedProgram packaged = new PackagedProgram("api", folder, folder, Map.of());
        return new Program(packaged, port, FreePort.find(), folder.resolve("api.log"), LaunchListener.UNRECORDED);
    }
}
