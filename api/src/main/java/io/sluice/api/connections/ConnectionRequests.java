package io.sluice.api.connections;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells the guard of a connection about its requests, and the metrics about the connections. */
@ApplicationScoped
class ConnectionRequests {

    private static final ConnectionLimiter CONNECTIONS = ConnectionLimiter.OF_PROGRAM;

    ConnectionRequests(MeterRegistry registry) {
        Gauge.builder("sluice.api.connections", CONNECTIONS, ConnectionLimiter::size)
                .description("Open connections")
                .register(registry);
        FunctionCounter.builder("sluice.api.connections.closed", CONNECTIONS, ConnectionLimiter::slow)
                .description("Connections that were closed for the sake of the others")
                .tag("reason", "slow")
                .register(registry);
        FunctionCounter.builder("sluice.api.connections.closed", CONNECTIONS, ConnectionLimiter::crowdedOut)
                .description("Connections that were closed for the sake of the others")
                .tag("reason", "crowded-out")
                .register(registry);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(ConnectionRequests::begin);
    }

    /** Its port has guards as well. */
    void registerManagement(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(ConnectionRequests::begin);
    }

    static void begin(RoutingContext context) {
        ConnectionTimeoutHandler guard = ConnectionTimeoutHandler.of(context.request());
        if (guard == null) {
            context.next();
            return;
        }
        guard.begin(context.request());
        context.addEndHandler(ended -> guard.end());
        if (guard.asksToConnectAgain()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        HttpServerResponse response = context.response();
        if (response.writeQueueFull()) {
            // Whoever sends requests and reads no answers would fill the memory with them.
            guard.waitForAnswersToBeTaken();
            response.drainHandler(drained -> {
                response.drainHandler(null);
                guard.answersAreTaken();
                context.next();
            });
        } else {
            context.next();
        }
    }
}
