package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMillis(300);

    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = listen();
        proxy = TcpProxy.start(0, server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesOnBothWaysAndTheEndOfEach() throws IOException {
        try (Socket client = connect();
                Socket served = server.accept()) {
            // Given
            byte[] large = new byte[4 << 20];
            new Random(1).nextBytes(large);

            // When
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAndEnd(client, large));
            byte[] received = served.getInputStream().readAllBytes();
            sent.join();
            sendAndEnd(served, "answer".getBytes(US_ASCII));

            // Then
            assertThat(received).isEqualTo(large);
            assertThat(client.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .isEqualTo("answer");
        }
    }

    @Test
    void cutResetsConnectionsAndRefusesNewOnesUntilHealed() throws IOException {
        try (Socket client = connect();
                Socket served = server.accept()) {
            // When
            proxy.cut();

            // Then
            assertThatThrownBy(() -> read(client)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> read(served)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> read(connect())).isInstanceOf(SocketException.class);
        }

        // When
        proxy.heal();

        // Then
        try (Socket client = connect();
                Socket served = server.accept()) {
            send(client, 'a');
            assertThat(read(served)).isEqualTo('a');
        }
    }

    @Test
    void stalledItHoldsBytesAndEndsBackUntilHealed() throws IOException {
        try (Socket client = connect();
                Socket served = server.accept()) {
            // When
            proxy.stall();
            send(client, 'a');
            client.shutdownOutput();
            send(served, 'b');

            // Then
            assertThatThrownBy(() -> read(served, SILENCE)).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> read(client, SILENCE)).isInstanceOf(SocketTimeoutException.class);

            // When
            proxy.heal();

            // Then
            assertThat(read(served)).isEqualTo('a');
            assertThat(read(served)).isEqualTo(-1);
            assertThat(read(client)).isEqualTo('b');
        }
    }

    @Test
    void halfOpenItIsSilentForConnectionsThatAreThereAndWorksForNewOnes() throws IOException {
        try (Socket old = connect();
                Socket servedOld = server.accept()) {
            // When
            proxy.halfOpen();
            send(old, 'a');

            // Then
            assertThatThrownBy(() -> read(servedOld, SILENCE)).isInstanceOf(SocketTimeoutException.class);
            try (Socket client = connect();
                    Socket served = server.accept()) {
                send(client, 'b');
                assertThat(read(served)).isEqualTo('b');

                // When
                proxy.heal();

                // Then
                assertThatThrownBy(() -> read(old)).isInstanceOf(SocketException.class);
                assertThatThrownBy(() -> read(servedOld)).isInstanceOf(SocketException.class);
                send(client, 'c');
                assertThat(read(served)).isEqualTo('c');
            }
        }
    }

    @Test
    void delaysEachByteAndNotEachAfterTheOther() throws IOException {
        try (Socket client = connect();
                Socket served = server.accept()) {
            // Given
            proxy.delay(SILENCE);
            long start = System.nanoTime();

            // When
            for (char letter = 'a'; letter <= 'e'; letter++) {
                send(client, letter);
            }
            char last = 0;
            while (last != 'e') {
                last = (char) read(served);
            }

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SILENCE, SILENCE.multipliedBy(3));
        }
    }

    @Test
    void leadsNewConnectionsToAnotherTarget() throws IOException {
        try (ServerSocket second = listen();
                Socket old = connect();
                Socket servedOld = server.accept()) {
            // When
            proxy.target(second.getLocalPort());

            // Then
            try (Socket client = connect();
                    Socket served = second.accept()) {
                send(client, 'a');
                assertThat(read(served)).isEqualTo('a');
            }
            send(old, 'b');
            assertThat(read(servedOld)).isEqualTo('b');
        }
    }

    @Test
    void resetsConnectionsWhenNobodyListensBehindIt() throws IOException {
        // Given
        server.close();

        // Then
        assertThatThrownBy(() -> read(connect())).isInstanceOf(SocketException.class);
    }

    private static ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        return socket;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static void send(Socket socket, char letter) throws IOException {
        socket.getOutputStream().write(letter);
    }

    private static void sendAndEnd(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int read(Socket socket) throws IOException {
        return read(socket, SOON);
    }

    private static int read(Socket socket, Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        return socket.getInputStream().read();
    }
}
