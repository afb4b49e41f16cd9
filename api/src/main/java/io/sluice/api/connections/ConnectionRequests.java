package io.sluice.api.connections;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Tells the handler of a connection about its requests, and the metrics about the connections. */
@ApplicationScoped
public class ConnectionRequests {

    /** Less of a response is written at once. */
    private static final int LARGE_BYTES = 64 << 10;

    /** Types of answers that last. */
    private static final List<String> LASTING = List.of("text/event-stream", "application/x-ndjson");

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
        context.addEndHandler(ended -> connection.end(context.request()));
        if (mayBeLarge(context.request())) {
            ResponseReservation reservation = connection.beginReservation(Vertx.currentContext());
            context.addEndHandler(ended -> reservation.end());
            context.addHeadersEndHandler(begun -> noticeIfLarge(context.request(), connection));
        }
        if (connection.asksToConnectAgain()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        HttpServerResponse response = context.response();
        if (waits(context.request(), connection) && response.writeQueueFull()) {
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

    /** Responses to events that are posted are small, and no work is done for them here. */
    private static boolean mayBeLarge(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.POST);
    }

    /**
     * True if the request waits until its client has received the answers before it. In HTTP/1.1 a client that sends requests and reads
     * nothing would fill the memory with answers. Streams of HTTP/2 do not wait for each other, see {@link UnreadResponses}; but curl and
     * Java's client fail if a large answer arrives together with the upgrade to HTTP/2.
     */
    private static boolean waits(HttpServerRequest request, ConnectionTimeoutHandler connection) {
        return request.version() != HttpVersion.HTTP_2 || connection.isChangingToHttp2();
    }

    /** Closes the connection of a request, with what was written and the client has not taken. On any thread. */
    public static void closeConnection(HttpServerRequest request) {
        ConnectionTimeoutHandler connection = ConnectionTimeoutHandler.of(request);
        if (connection == null) {
            Future<Void> unused = request.connection().close();
        } else {
            connection.closeNow();
        }
    }

    /** True of answers that last for as long as their client takes each part of them in time, see {@code TimedWrite}. */
    private static boolean isLasting(HttpServerResponse response) {
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        return type != null && LASTING.stream().anyMatch(type::startsWith);
    }

    private static void noticeIfLarge(HttpServerRequest request, ConnectionTimeoutHandler connection) {
        if (isLasting(request.response())) {
            return;
        }
        String length = request.response().headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length == null || Long.parseLong(length) > LARGE_BYTES) {
            connection.beginLargeResponse(request);
        }
    }
}
