package io.sluice.api.http.response;

import io.sluice.api.connections.ConnectionLimits;
import io.sluice.api.connections.ConnectionRequests;
import io.sluice.api.http.request.BrokenAnswer;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/** A write of a part of an answer that lasts, which its client takes in time. */
public final class TimedWrite {

    private TimedWrite() {}

    /**
     * Writes a part, and breaks the answer off if the client does not take it within {@link ConnectionLimits#quiet()}.
     *
     * @param taken called once: with {@code null} when the client has taken it, or why it will not
     */
    public static void write(
            ResteasyReactiveRequestContext request,
            byte[] part,
            ConnectionLimits limits,
            Consumer<@Nullable Throwable> taken) {
        RoutingContext context = request.unwrap(RoutingContext.class);
        AtomicBoolean over = new AtomicBoolean();
        long timer = context.vertx().setTimer(limits.quiet().toMillis(), late -> {
            if (over.compareAndSet(false, true)) {
                BrokenAnswer.breakOff(context.request());
                taken.accept(new TimeoutException("not taken in time"));
            }
        });
        ConnectionRequests.partWritten(context.request(), part.length, over::get);
        request.serverResponse().write(part, failure -> {
            if (over.compareAndSet(false, true)) {
                boolean unused = context.vertx().cancelTimer(timer);
                ConnectionRequests.partTaken(context.request());
                taken.accept(failure);
            }
        });
    }
}
