package io.sluice.api.storage;

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
 * Writes bytes of storage into an answer, a chunk at a time: the next one is read when the connection has taken the one before. A client
 * that is slow costs a chunk of memory and no thread.
 */
@Provider
public class StoredBytesWriter implements ServerMessageBodyWriter<StoredBytes> {

    /** The head of the answer is sent: there is nobody to be told. */
    private static final String UNTOLD = "";

    private final StorageCalls calls;

    StoredBytesWriter(StorageCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == StoredBytes.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == StoredBytes.class;
    }

    @Override
    public void writeResponse(StoredBytes bytes, Type genericType, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        ServerHttpResponse response = context.serverResponse();
        // Those of the answer are put there when its head is written, and without this one nothing may be.
        response.setResponseHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes.length()));
        request.suspend();
        write(bytes.first(), bytes, response, request);
    }

    private void write(
            byte[] chunk, StoredBytes bytes, ServerHttpResponse response, ResteasyReactiveRequestContext request) {
        response.write(chunk, failure -> {
            if (failure != null) {
                // The client is gone.
                request.resume();
            } else if (bytes.isRead()) {
                response.end();
                request.resume();
            } else {
                readOn(bytes, response, request);
            }
        });
    }

    private void readOn(StoredBytes bytes, ServerHttpResponse response, ResteasyReactiveRequestContext request) {
        calls.call(bytes::read, UNTOLD, UNTOLD)
                .subscribe()
                .with(chunk -> write(chunk, bytes, response, request), failure -> {
                    BrokenAnswer.breakOff(request.unwrap(RoutingContext.class).request());
                    request.resume();
                });
    }

    @Override
    public void writeTo(
            StoredBytes bytes,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream output) {
        throw new UnsupportedOperationException("the server calls writeResponse");
    }
}
