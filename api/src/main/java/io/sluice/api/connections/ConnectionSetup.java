package io.sluice.api.connections;

import io.netty.channel.Channel;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link ConnectionTimeoutHandler} at the beginning of each connection, and keeps what the framework has configured the port
 * for clients with.
 */
@ApplicationScoped
class ConnectionSetup implements HttpServerOptionsCustomizer {

    /** Port that stands for any free one, as tests have it. */
    private static final int ANY_PORT = 0;

    private final ConnectionLimits limits;
    private final ConnectionLimiter limiter;
    private final ResponseMemory memory;
    private final Collection<HttpServerOptions> servers = new CopyOnWriteArrayList<>();

    ConnectionSetup(ConnectionLimits limits, ConnectionLimiter limiter, ResponseMemory memory) {
        this.limits = limits;
        this.limiter = limiter;
        this.memory = memory;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions http) {
        use(http);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions https) {
        use(https);
    }

    private void use(HttpServerOptions server) {
        servers.add(server);
        ConnectionInitializer.use(this::setUp);
    }

    private void setUp(Channel channel) {
        channel.pipeline().addFirst(new ConnectionTimeoutHandler(limits, limiter, memory, this::options));
    }

    /** Options of the server at this address; {@code null} if it is not the one for clients. */
    private @Nullable HttpServerOptions options(SocketAddress local) {
        int port = local instanceof InetSocketAddress address ? address.getPort() : 0;
        return servers.stream()
                .filter(options -> options.getPort() == port || options.getPort() == ANY_PORT)
                .findFirst()
                .orElse(null);
    }
}
