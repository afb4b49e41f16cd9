package io.sluice.api.chat;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.RequestPlaces;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Places for answers that are under way at a time in one replica. */
@Singleton
public class ChatPlaces {

    /** A stream may take a minute, and holds no thread, but some memory, and a call of a model. */
    private static final int AT_ONCE = 64;

    private final RequestPlaces places = new RequestPlaces(AT_ONCE);

    /**
     * Takes a place for a request, until it is answered or its client is gone.
     *
     * @throws ProblemException {@link ProblemCode#OVERLOADED} if none is free
     */
    public void take(RoutingContext request) {
        if (!places.take(request, () -> {})) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED, "So many questions are being answered that no more can; ask again.");
        }
    }
}
