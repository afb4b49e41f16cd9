package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that take connections and ask for nothing; whether these are guarded depends on how the program was started. */
class SlowClientIT {

    /** More than the api keeps. */
    private static final int CONNECTIONS = 2_050;

    private static final Duration HEAD = Duration.ofSeconds(10);

    private final Client client = Sluice.client();

    @Test
    void aConnectionWithHalfAHeadIsClosed() throws IOException {
        try (Socket connection = connect()) {
            // Given
            connection.getOutputStream().write('G');
            long begun = System.nanoTime();

            // When
            int end = connection.getInputStream().read();

            // Then
            assertThat(end).isNegative();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(HEAD.minusSeconds(1), HEAD.plusSeconds(5));
        }
    }

    @Test
    void connectionsThatAreOnlyHeldKeepNobodyOut() throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            // Given
            for (int i = 0; i < CONNECTIONS; i++) {
                held.add(connect());
            }

            // When
            Client.Answer answer = client.get("/health/live");

            // Then
            assertThat(answer.status()).isEqualTo(200);
            held.get(0).setSoTimeout(3_000);
            assertThat(isClosed(held.get(0))).isTrue();
        } finally {
            for (Socket connection : held) {
                connection.close();
            }
        }
    }

    private static boolean isClosed(Socket connection) throws IOException {
        try {
            return connection.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static Socket connect() throws IOException {
        Socket connection = new Socket(Sluice.api().getHost(), Sluice.api().getPort());
        connection.setSoTimeout(20_000);
        return connection;
    }
}
