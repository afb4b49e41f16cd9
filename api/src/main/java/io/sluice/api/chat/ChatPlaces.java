package io.sluice.api.chat;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places for answers that are under way at a time in one replica. */
@Singleton
public class ChatPlaces {

    /** A stream may take a minute, and holds no thread, but some memory, and a call of a model. */
    private static final int AT_ONCE = 64;

    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * Takes a place for a request, until it is answered or its client is gone.
     *
     * @throws ProblemException {@link ProblemCode#OVERLOADED} if none is free
     */
    public void take(RoutingContext request) {
        if (!places.tryAcquire()) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED, "So many questions are being answered that no more can; ask again.");
        }
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        };
        request.addEndHandler(ended -> leave.run());
        if (request.response().closed()) {
            // The client is gone while its token was looked at: an end handler may be told of that, or not.
            leave.run();
        }
    }
}
