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
import java.util.function.BooleanSupplier;

/** Tells the handler of a connection about its requests, and the metrics about the connections. */
@ApplicationScoped
public class ConnectionRequests {

    /** Less of a response is written at once. */
    private static final int LARGE_BYTES = 64 << 10;

    /** Key of what is put into the context of a request that is answered in parts: true if the answer lasts. */
    private static final String PARTS = ConnectionRequests.class.getName() + ".parts";

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
        context.addEndHandler(ended -> connection.end(context.request(), context.get(PARTS) != null));
        if (mayBeLarge(context.request())) {
            ResponseReservation reservation = connection.beginReservation(Vertx.currentContext());
            context.addEndHandler(ended -> reservation.end());
            context.addHeadersEndHandler(begun -> noticeIfLarge(context, connection));
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

    /**
     * The answer to this request is written in parts, each of which its client is to take in time: whoever writes them sees to that, and tells
     * of each. To be called before the head is written.
     *
     * @param lasts true if the answer may last for as long as that is so; else all of it is to be taken within {@link ConnectionLimits#quiet()}
     */
    public static void beginParts(RoutingContext context, boolean lasts) {
        context.put(PARTS, lasts);
    }

    /**
     * A part of such an answer is written. Until its client has taken it, it is among the {@link UnreadResponses}; in HTTP/1.1 what the
     * connection has not sent is, in any case. On any thread.
     *
     * @param taken tells whether its client has taken it meanwhile
     */
    public static void partWritten(HttpServerRequest request, int bytes, BooleanSupplier taken) {
        ConnectionTimeoutHandler connection = ConnectionTimeoutHandler.of(request);
        if (connection != null && request.version() == HttpVersion.HTTP_2) {
            connection.partWritten(request.response(), bytes, taken);
        }
    }

    /** Its client has taken the part of the answer that was written, or will not. On any thread. */
    public static void partTaken(HttpServerRequest request) {
        ConnectionTimeoutHandler connection = ConnectionTimeoutHandler.of(request);
        if (connection != null && request.version() == HttpVersion.HTTP_2) {
            connection.partTaken(request.response());
        }
    }

    private static void noticeIfLarge(RoutingContext context, ConnectionTimeoutHandler connection) {
        if (Boolean.TRUE.equals(context.get(PARTS))) {
            return;
        }
        HttpServerRequest request = context.request();
        String length = request.response().headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length == null || Long.parseLong(length) > LARGE_BYTES) {
            connection.beginLargeResponse(request);
        }
    }
}
