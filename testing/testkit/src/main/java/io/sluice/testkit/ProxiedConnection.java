package io.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's connection to a {@link TcpProxy}, and the connection from there to the server. */
final class ProxiedConnection {

    private static final int CHUNK_BYTES = 16 << 10;

    /** Limit of the chunks in flight in one direction; then the sender has to wait, as on any network. */
    private static final int CHUNKS_UNDER_WAY = 64;

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    private final List<Thread> threads = new ArrayList<>();
    private int openDirections = 2;
    private boolean aborted;
    private volatile boolean silent;

    ProxiedConnection(TcpProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    /** A received chunk, or the end of the stream, orderly or by a reset. */
    private record Chunk(Kind kind, byte[] bytes, long dueNanos) {}

    private enum Kind {
        BYTES,
        END,
        RESET
    }

    /** Starts forwarding in both directions. */
    synchronized void pass() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        pass(client, server);
        pass(server, client);
    }

    private void pass(Socket from, Socket to) {
        BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS_UNDER_WAY);
        start(() -> receive(from, underWay));
        start(() -> send(underWay, to));
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void start(Step step) {
        Runnable untilAborted = () -> {
            try {
                step.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Thread thread = new Thread(untilAborted, "proxy-" + proxy.port());
        thread.setDaemon(true);
        threads.add(thread);
        if (!aborted) {
            thread.start();
        }
    }

    private void receive(Socket from, BlockingQueue<Chunk> underWay) throws InterruptedException {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                underWay.put(chunk(Kind.BYTES, Arrays.copyOf(buffer, n)));
            }
            underWay.put(chunk(Kind.END, new byte[0]));
        } catch (IOException reset) {
            underWay.put(chunk(Kind.RESET, new byte[0]));
        }
    }

    private Chunk chunk(Kind kind, byte[] bytes) {
        return new Chunk(kind, bytes, System.nanoTime() + proxy.delay().toNanos());
    }

    private void send(BlockingQueue<Chunk> underWay, Socket to) throws InterruptedException {
        try {
            OutputStream out = to.getOutputStream();
            Chunk chunk = next(underWay);
            while (chunk.kind() == Kind.BYTES) {
                out.write(chunk.bytes());
                chunk = next(underWay);
            }
            if (chunk.kind() == Kind.RESET) {
                abort();
            } else {
                to.shutdownOutput();
                endDirection();
            }
        } catch (IOException gone) {
            abort();
        }
    }

    private Chunk next(BlockingQueue<Chunk> underWay) throws InterruptedException {
        Chunk chunk = underWay.take();
        TimeUnit.NANOSECONDS.sleep(chunk.dueNanos() - System.nanoTime());
        proxy.awaitPassage(this);
        return chunk;
    }

    private synchronized void endDirection() throws IOException {
        openDirections--;
        if (openDirections == 0) {
            client.close();
            server.close();
            proxy.ended(this);
        }
    }

    /** Stops forwarding. */
    void silence() {
        silent = true;
    }

    boolean isSilent() {
        return silent;
    }

    /** Resets both sides. */
    synchronized void abort() {
        aborted = true;
        reset(client);
        reset(server);
        threads.forEach(Thread::interrupt);
        proxy.ended(this);
    }

    private static void reset(Socket socket) {
        try (socket) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException closedAlready) {
            // Closed already.
        }
    }
}
