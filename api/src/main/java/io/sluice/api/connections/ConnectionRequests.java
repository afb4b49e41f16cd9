package io.sluice.api.connections;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells the handler of a connection about its requests, and the metrics about the connections. */
@ApplicationScoped
public class ConnectionRequests {

    ConnectionRequests(ConnectionLimiter connections, MeterRegistry registry) {
        Gauge.builder("sluice.api.connections", connections, ConnectionLimiter::size)
                .description("Open connections")
                .register(registry);
        FunctionCounter.builder("sluice.api.connections.closed", connections, ConnectionLimiter::slow)
                .description("Connections that were closed for the sake of the others")
                .tag("reason", "slow")
                .register(registry);
        FunctionCounter.builder("sluice.api.connections.closed", connections, ConnectionLimiter::crowdedOut)
                .description("Connections that were closed for the sake of the others")
                .tag("reason", "crowded-out")
                .register(registry);
    }

    /** Its port has handlers of connections as well. */
    void registerManagement(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(ConnectionRequests::begin);
    }

    /** A request begins: passes it on, once the client has taken the answers before it. */
    public static void begin(RoutingContext context) {
        ConnectionTimeoutHandler connection = ConnectionTimeoutHandler.of(context.request());
        if (connection == null) {
            context.next();
            return;
        }
        connection.begin(context.request());
        context.addEndHandler(ended -> connection.end());
        if (connection.asksToConnectAgain()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        HttpServerResponse response = context.response();
        if (response.writeQueueFull()) {
            // Whoever sends requests and reads no answers would fill the memory with them.
            connection.waitForAnswersToBeTaken();
            response.drainHandler(drained -> {
                response.drainHandler(null);
                connection.answersAreTaken();
                context.next();
            });
        } else {
            context.next();
        }
    }
}
