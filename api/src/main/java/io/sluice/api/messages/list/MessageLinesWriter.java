package io.sluice.api.messages.list;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.request.BrokenAnswer;
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

/** Writes the lines of a list into an answer, a page at a time: the next one is read when the connection has taken the one before. */
@Provider
public class MessageLinesWriter implements ServerMessageBodyWriter<MessageLines> {

    private final DatabaseCalls database;

    MessageLinesWriter(DatabaseCalls database) {
        this.database = database;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == MessageLines.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == MessageLines.class;
    }

    @Override
    public void writeResponse(MessageLines lines, Type genericType, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        // The length is not known; without one or the other nothing may be written in HTTP/1.1.
        context.serverResponse().setChunked(true);
        request.suspend();
        write(lines.first(), lines, request);
    }

    private void write(byte[] page, MessageLines lines, ResteasyReactiveRequestContext request) {
        if (page.length == 0) {
            // Nothing of it matched, and a chunk of no bytes would be the end.
            readOn(lines, request);
            return;
        }
        request.serverResponse().write(page, failure -> {
            if (failure != null) {
                // The client is gone.
                request.resume();
            } else if (lines.isRead()) {
                request.serverResponse().end();
                request.resume();
            } else {
                readOn(lines, request);
            }
        });
    }

    private void readOn(MessageLines lines, ResteasyReactiveRequestContext request) {
        RoutingContext context = request.unwrap(RoutingContext.class);
        if (context.response().closed()) {
            request.resume();
            return;
        }
        lines.next(database).subscribe().with(page -> write(page, lines, request), failure -> {
            BrokenAnswer.breakOff(context.request());
            request.resume();
        });
    }

    @Override
    public void writeTo(
            MessageLines lines,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream output) {
        throw new UnsupportedOperationException("the server calls writeResponse");
    }
}
