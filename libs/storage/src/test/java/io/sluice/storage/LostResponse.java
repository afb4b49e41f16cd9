package io.sluice.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on which the response to the first request is lost, though the server has done it. */
final class LostResponse implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final AtomicInteger lost = new AtomicInteger();

    private LostResponse(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static LostResponse start(int target) throws IOException {
        LostResponse way = new LostResponse(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        run(() -> {
            while (true) {
                Socket client = way.listener.accept();
                run(() -> way.connect(client));
            }
        });
        return way;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** {@return the number of responses that were lost} */
    int lost() {
        return lost.get();
    }

    private void connect(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            run(() -> client.getInputStream().transferTo(server.getOutputStream()));
            InputStream responses = server.getInputStream();
            OutputStream output = client.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int read = responses.read(buffer); read >= 0; read = responses.read(buffer)) {
                boolean isInterim = read > 9 && buffer[9] == '1';
                if (!isInterim && lost.compareAndSet(0, 1)) {
                    return;
                }
                output.write(buffer, 0, read);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // Either end has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
