package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients that take connections and memory, and give nothing back; whether these are guarded depends on how the program was started,
 * and whether its memory suffices, on its heap, which is that of a pod.
 */
class SlowClientIT {

    /** More than the api keeps. */
    private static final int CONNECTIONS = 2_050;

    private static final int GREEDY_CONNECTIONS = 3;

    /** As many as HTTP/2 allows at a time. */
    private static final int STREAMS = 100;

    /** Of 2 MiB each: twice the heap. */
    private static final int PAGES = 256;

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

    @Test
    void pagesThatNobodyReadsEndNeitherTheProgramNorTheRequestsOfOthers() throws IOException {
        // Given
        String path = "/api/v1/messages?subject=unread";
        String large = "{\"subject\":\"unread\",\"payload\":\"" + "x".repeat((1 << 20) - 2) + "\"}";
        for (int i = 0; i < 2; i++) {
            client.read(client.post(large).id());
        }
        String small = client.read(client.post("{\"payload\":1}").id()).id();
        double start = metrics().sum("process_start_time_seconds");
        List<GreedyConnection> greedy = new ArrayList<>();
        try {
            // When
            for (int i = 0; i < GREEDY_CONNECTIONS; i++) {
                greedy.add(new GreedyConnection(Sluice.api(), path, STREAMS));
            }

            // Then
            assertOthersAreServed(small);
            int pages = 0;
            for (int i = 0; pages < PAGES; i++) {
                if (i == greedy.size()) {
                    // Some were refused, because so many reads came at once.
                    greedy.add(new GreedyConnection(Sluice.api(), path, STREAMS));
                }
                pages += greedy.get(i).awaitAnswers();
                assertOthersAreServed(small);
            }
            assertThat(metrics().sum("process_start_time_seconds")).isEqualTo(start);
        } finally {
            for (GreedyConnection connection : greedy) {
                connection.close();
            }
        }
    }

    private void assertOthersAreServed(String id) {
        assertThat(client.post("{\"payload\":1}").status()).isEqualTo(202);
        await().untilAsserted(() ->
                assertThat(client.get("/api/v1/messages/" + id).status()).isEqualTo(200));
    }

    private static Exposition metrics() {
        return Exposition.of(Sluice.platform().api().metrics());
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
