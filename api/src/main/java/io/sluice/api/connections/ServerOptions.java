package io.sluice.api.connections;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Keeps what the framework has configured the port for clients with; Netty's part of this package is made without injection. */
@ApplicationScoped
class ServerOptions implements HttpServerOptionsCustomizer {

    /** As tests have it. */
    private static final int ANY_PORT = 0;

    private static final Collection<HttpServerOptions> ALL = new ConcurrentLinkedQueue<>();

    @Override
    public void customizeHttpServer(HttpServerOptions http) {
        ALL.add(http);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions https) {
        ALL.add(https);
    }

    /** Those of this address; {@code null} if it is none for clients. */
    static @Nullable HttpServerOptions of(SocketAddress local) {
        int port = local instanceof InetSocketAddress address ? address.getPort() : 0;
        return ALL.stream()
                .filter(options -> options.getPort() == port || options.getPort() == ANY_PORT)
                .findFirst()
                .orElse(null);
    }
}
