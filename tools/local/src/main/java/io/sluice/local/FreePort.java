package io.sluice.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds TCP ports of 127.0.0.1 without a listener. */
public final class FreePort {
    /*
     * Below the range that systems take source ports from. A client that keeps trying to reach a server that is down
     * would sooner or later be given the server's own port, connect to itself, and keep the server from coming back.
     * Below the node ports of Kubernetes, too, which lead elsewhere though nobody listens on them.
     */
    private static final int LOW = 20_000;
    private static final int HIGH = 30_000;
    private static final int TRIES = 100;

    private static PortBlock block = PortBlock.take(LOW, HIGH);

    private FreePort() {}

    /**
     * Finds a port that no other process finds before it is used, even if that takes a while.
     *
     * @return a port between 20000 and 29999
     * @throws StartFailure if a hundred ports in a row were taken
     */
    public static synchronized int find() {
        for (int i = 0; i < TRIES; i++) {
            int port = next();
            if (isFree(port)) {
                return port;
            }
        }
        throw new StartFailure("No free port between %d and %d was found in %d tries.".formatted(LOW, HIGH - 1, TRIES));
    }

    private static int next() {
        if (!block.hasNext()) {
            PortBlock used = block;
            block = PortBlock.take(LOW, HIGH);
            used.close();
        }
        return block.next();
    }

    /**
     * True if a server can listen on the port now.
     *
     * @param port 1 to 65535
     */
    public static boolean isFree(int port) {
        try (ServerSocket listening = listen(port)) {
            return listening.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static int orFound(int port) {
        return port == 0 ? find() : port;
    }
}
