package io.sluice.api.http.stream;

import io.sluice.api.connections.ConnectionLimits;
import io.sluice.api.http.request.BrokenAnswer;
import io.sluice.api.http.response.TimedWrite;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jspecify.annotations.Nullable;

/** Writes each block that comes, and asks for the next one when the client has taken it, for which it has some time. */
final class EventSubscriber implements Flow.Subscriber<byte[]> {

    private static final Flow.Subscription NONE = new Flow.Subscription() {
        @Override
        public void request(long blocks) {
            // There are none.
        }

        @Override
        public void cancel() {
            // Nothing is under way.
        }
    };

    private final ResteasyReactiveRequestContext request;
    private final RoutingContext context;
    private final ServerHttpResponse response;
    private final ConnectionLimits limits;
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();

    EventSubscriber(ResteasyReactiveRequestContext request, ConnectionLimits limits) {
        this.request = request;
        this.context = request.unwrap(RoutingContext.class);
        this.response = request.serverResponse();
        this.limits = limits;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        if (subscription.compareAndSet(null, begun)) {
            begun.request(1);
        } else {
            begun.cancel();
        }
    }

    @Override
    public void onNext(byte[] block) {
        TimedWrite.write(request, block, limits, failure -> {
            Flow.Subscription current = subscription.get();
            if (failure != null) {
                cancel();
            } else if (current != null) {
                current.request(1);
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        if (over.compareAndSet(false, true)) {
            // Events were promised, and there is no other way to tell that they end before their time.
            BrokenAnswer.breakOff(context.request());
            request.resume();
        }
    }

    @Override
    public void onComplete() {
        if (over.compareAndSet(false, true)) {
            response.end();
            request.resume();
        }
    }

    /** The client is gone, or the answer is over. On any thread. */
    void cancel() {
        Flow.Subscription current = subscription.getAndSet(NONE);
        if (current != null) {
            current.cancel();
        }
        if (over.compareAndSet(false, true)) {
            request.resume();
        }
    }
}
