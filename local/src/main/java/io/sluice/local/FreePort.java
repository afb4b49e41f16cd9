package io.sluice.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of 127.0.0.1 that nobody listens on. */
public final class FreePort {
    /*
     * Below the range that systems take source ports from. A client that keeps trying to reach a server that is down
     * would sooner or later be given the server's own port, connect to itself, and keep the server from coming back.
     */
    private static final int FIRST = 20_000;
    private static final int LAST = 31_999;
    private static final int TRIES = 100;

    private FreePort() {}

    /**
     * Finds a port by chance, so that two that look at once hardly find the same.
     *
     * @return a port between 20000 and 31999
     * @throws StartFailure if a hundred ports in a row were taken
     */
    public static int find() {
        return ThreadLocalRandom.current()
                .ints(TRIES, FIRST, LAST + 1)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new StartFailure(
                        "No free port between %d and %d was found in %d tries.".formatted(FIRST, LAST, TRIES)));
    }

    /**
     * Whether a server could listen on the port now.
     *
     * @param port 1 to 65535
     */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    static int orFound(int port) {
        return port == 0 ? find() : port;
    }
}
