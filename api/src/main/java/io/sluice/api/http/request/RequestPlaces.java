package io.sluice.api.http.request;

import io.sluice.contract.Event;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places for requests of a kind, of which so many and no more are under way at a time in one replica (bulkhead). */
public final class RequestPlaces {

    private final CallerPlaces places;

    /** @param most requests that are under way at a time, above 0 */
    public RequestPlaces(int most) {
        places = new CallerPlaces(most);
    }

    /**
     * Takes a place, until the request is answered or its client is gone.
     *
     * @param left called once then, on any thread; at once if the client is gone already
     * @return false if none is free
     */
    public boolean take(RoutingContext request, Runnable left) {
        return take(request, Event.ANONYMOUS, left);
    }

    /** Takes a place as {@link #take(RoutingContext, Runnable)} does, of which this caller has half at most. */
    public boolean take(RoutingContext request, String caller, Runnable left) {
        if (!places.take(caller)) {
            return false;
        }
        AtomicBoolean over = new AtomicBoolean();
        Runnable leave = () -> {
            if (over.compareAndSet(false, true)) {
                places.leave(caller);
                left.run();
            }
        };
        request.addEndHandler(ended -> leave.run());
        if (request.response().closed()) {
            // The client is gone while its token was looked at: an end handler may be told of that, or not.
            leave.run();
        }
        return true;
    }
}
