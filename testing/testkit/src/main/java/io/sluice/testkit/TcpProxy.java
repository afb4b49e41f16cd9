package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network that fails on request: listens on 127.0.0.1 and forwards bytes to another port of it. Kafka's clients
 * connect to the advertised address, so start the broker with {@code advertised.listeners =
 * CLIENTS://127.0.0.1:PORT_OF_THE_PROXY}.
 */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Duration delay = Duration.ZERO;
    private boolean cut;
    private boolean stalled;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /**
     * Starts a proxy that passes everything on.
     *
     * @param port where it listens, on 127.0.0.1; 0 takes a free port
     * @param target the port of 127.0.0.1 that connections lead to; nothing has to listen there yet
     * @throws UncheckedIOException if the port is taken
     */
    public static TcpProxy start(int port, int target) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(local(port));
            TcpProxy proxy = new TcpProxy(listener, target);
            proxy.start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where it listens} */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@return {@code 127.0.0.1:PORT}, where it listens} */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /**
     * Sets the target of new connections, as after a failover. Existing ones stay.
     *
     * @param port a port of 127.0.0.1
     */
    public void target(int port) {
        target = port;
    }

    /** Resets all connections, and each new one at once, until healed. */
    public synchronized void cut() {
        cut = true;
        abort(List.copyOf(connections));
    }

    /**
     * Forwards nothing until healed: neither bytes nor the end of a connection, in neither direction. Connections stay,
     * and new ones are accepted. When healed, the held bytes are forwarded in order.
     */
    public synchronized void stall() {
        stalled = true;
    }

    /**
     * Behaves like a firewall that has lost its connection table: on existing connections nothing is forwarded any
     * more, neither bytes nor their end. New ones work. When healed, the old ones are reset.
     */
    public synchronized void halfOpen() {
        connections.forEach(ProxiedConnection::silence);
    }

    /**
     * Holds back each byte for this long on its way, in each direction, until healed.
     *
     * @param each zero or more; a round trip takes twice as long
     */
    public void delay(Duration each) {
        delay = each;
    }

    /** Ends all faults at once. */
    public synchronized void heal() {
        cut = false;
        stalled = false;
        delay = Duration.ZERO;
        abort(connections.stream().filter(ProxiedConnection::isSilent).toList());
        notifyAll();
    }

    /** Resets all connections and stops listening. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    /** Waits while nothing is to be passed on. */
    synchronized void awaitPassage(ProxiedConnection connection) throws InterruptedException {
        while (stalled || connection.isSilent()) {
            wait();
        }
    }

    Duration delay() {
        return delay;
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                // A server that is stopped can keep a connection waiting; the others do not wait with it.
                start(() -> connect(client));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        ProxiedConnection connection = new ProxiedConnection(this, client, server);
        if (!add(connection)) {
            connection.abort();
            return;
        }
        try {
            server.connect(local(target));
            connection.pass();
        } catch (IOException nobodyThere) {
            connection.abort();
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "proxy-" + port());
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized boolean add(ProxiedConnection connection) {
        return !cut && connections.add(connection);
    }

    private static void abort(List<ProxiedConnection> some) {
        some.forEach(ProxiedConnection::abort);
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
