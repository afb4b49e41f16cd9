package io.sluice.api.connections;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Closes the connections on which nobody has asked for anything since the program was told to stop, while it still answers. Quarkus
 * tells clients to go with each answer of that time ({@code Connection: close}, GOAWAY), and closes all that is left at the end; but
 * then a request can come that nobody answers any more, because the program is taking itself apart.
 *
 * <p>A request that crosses the close on its way is lost even so, which HTTP/1.1 cannot avoid (RFC 9112, section 9.5); but that takes
 * the time of one way through the network, and not that of the program's end.
 */
@ApplicationScoped
class ConnectionDrainer {

    private static final Duration BEFORE_THE_END = Duration.ofMillis(1_500);

    /** Time in which they are closed; the rest of it is for the requests that come just before a connection's end. */
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final ConnectionLimiter connections;
    private final Optional<Duration> delay;

    ConnectionDrainer(
            Vertx vertx,
            ConnectionLimiter connections,
            @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        this.vertx = vertx;
        this.connections = connections;
        this.delay = delay;
    }

    void schedule(@Observes ShutdownDelayInitiatedEvent begun) {
        long now = System.nanoTime();
        delay.map(all -> all.minus(BEFORE_THE_END).toMillis())
                .filter(millis -> millis > 0)
                .ifPresent(millis -> vertx.setTimer(millis, timer -> connections.closeQuietSince(now, WITHIN)));
    }
}
