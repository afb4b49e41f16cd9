package io.sluice.api.http.stream;

import io.sluice.api.connections.ConnectionLimits;
import io.sluice.api.connections.ConnectionRequests;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes events into an answer, a block at a time: the next one is asked for when the connection has taken the one before. An answer may
 * last; where its client does not take a block within {@link ConnectionLimits#quiet()}, it is broken off.
 */
@Provider
public class EventStreamWriter implements ServerMessageBodyWriter<EventStream> {

    private final ConnectionLimits limits;

    EventStreamWriter(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == EventStream.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == EventStream.class;
    }

    @Override
    public void writeResponse(EventStream stream, Type genericType, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        // The length is not known; without one or the other nothing may be written in HTTP/1.1.
        context.serverResponse().setChunked(true);
        ConnectionRequests.beginParts(request.unwrap(RoutingContext.class), true);
        request.suspend();
        EventSubscriber subscriber = new EventSubscriber(request, limits);
        request.unwrap(RoutingContext.class).addEndHandler(ended -> subscriber.cancel());
        stream.blocks().subscribe().withSubscriber(subscriber);
    }

    @Override
    public void writeTo(
            EventStream stream,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream output) {
        throw new UnsupportedOperationException("the server calls writeResponse");
    }
}
