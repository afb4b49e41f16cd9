package io.sluice.api.publishing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Stands before a broker and passes everything on, but answers requests for a producer's id with an error while told to. */
final class InitProducerIdRefused implements AutoCloseable {

    private final ServerSocket listener;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean refusing = true;

    /** Begins to listen, and to refuse. */
    InitProducerIdRefused(int broker) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), broker);
                start(() -> passRequests(client, server));
                start(() -> passAnswers(server, client));
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Number of requests that it has refused. */
    int refused() {
        return refused.get();
    }

    void endRefusing() {
        refusing = false;
    }

    private void passRequests(Socket client, Socket server) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(server.getOutputStream());
        while (true) {
            byte[] request = new byte[in.readInt()];
            in.readFully(request);
            ByteBuffer header = ByteBuffer.wrap(request);
            if (refusing && header.getShort() == ApiKeys.INIT_PRODUCER_ID.id) {
                header.getShort();
                refuse(client, header.getInt());
            } else {
                out.write(frame(request));
            }
        }
    }

    /** The answer of versions 2 to 5: header and body each end in an empty list of tagged fields. */
    private void refuse(Socket client, int correlationId) throws IOException {
        refused.incrementAndGet();
        ByteBuffer answer = ByteBuffer.allocate(22)
                .putInt(correlationId)
                .put((byte) 0)
                .putInt(0)
                .putShort(Errors.UNKNOWN_SERVER_ERROR.code())
                .putLong(-1)
                .putShort((short) -1)
                .put((byte) 0);
        send(client, answer.array());
    }

    private void passAnswers(Socket server, Socket client) throws IOException {
        DataInputStream in = new DataInputStream(server.getInputStream());
        while (true) {
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            send(client, answer);
        }
    }

    private static void send(Socket client, byte[] answer) throws IOException {
        synchronized (client) {
            client.getOutputStream().write(frame(answer));
        }
    }

    private static byte[] frame(byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void start(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException ended) {
                        // As connections do.
                    }
                },
                "init-producer-id-refused");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
