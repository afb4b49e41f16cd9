package io.sluice.api.http.response;

import io.sluice.api.connections.ConnectionLimits;
import io.sluice.api.connections.ConnectionRequests;
import io.sluice.api.http.request.BrokenAnswer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes a body a chunk at a time: the next one is read when the connection has taken the one before. A client that is slow costs a chunk
 * of memory and no thread; one that does not take a chunk within {@link ConnectionLimits#quiet()} is given up.
 */
@Provider
public class ResponseChunksWriter implements ServerMessageBodyWriter<ResponseChunks> {

    private final ConnectionLimits limits;

    ResponseChunksWriter(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return ResponseChunks.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return ResponseChunks.class.isAssignableFrom(type);
    }

    @Override
    public void writeResponse(ResponseChunks chunks, Type genericType, ServerRequestContext context) {
        ServerHttpResponse response = context.serverResponse();
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        ConnectionRequests.beginParts(
                request.unwrap(RoutingContext.class), chunks.length().isEmpty());
        // Without one or the other nothing may be written in HTTP/1.1. Headers of the answer are put there when its
        // head is written.
        chunks.length()
                .ifPresentOrElse(
                        length -> response.setResponseHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length)),
                        () -> response.setChunked(true));
        request.suspend();
        write(chunks.first(), chunks, request);
    }

    private void write(byte[] chunk, ResponseChunks chunks, ResteasyReactiveRequestContext request) {
        if (chunk.length == 0 && !chunks.isRead()) {
            // Nothing to be sent, and a chunk of no bytes would be the end.
            readOn(chunks, request);
            return;
        }
        TimedWrite.write(request, chunk, limits, failure -> {
            if (failure != null) {
                // The client is gone, or takes nothing.
                request.resume();
            } else if (chunks.isRead()) {
                request.serverResponse().end();
                request.resume();
            } else {
                readOn(chunks, request);
            }
        });
    }

    private void readOn(ResponseChunks chunks, ResteasyReactiveRequestContext request) {
        RoutingContext context = request.unwrap(RoutingContext.class);
        if (context.response().closed()) {
            request.resume();
            return;
        }
        chunks.next().subscribe().with(chunk -> write(chunk, chunks, request), failure -> {
            BrokenAnswer.breakOff(context.request());
            request.resume();
        });
    }

    @Override
    public void writeTo(
            ResponseChunks chunks,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream output) {
        throw new UnsupportedOperationException("the server calls writeResponse");
    }
}
