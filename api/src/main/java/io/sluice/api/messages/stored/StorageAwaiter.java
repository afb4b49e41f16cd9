package io.sluice.api.messages.stored;

import io.quarkus.runtime.Startup;
import io.sluice.api.database.RowAwaiter;
import io.sluice.api.database.RowAwaiters;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.messages.status.Awaited;
import io.sluice.api.messages.status.StatusStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** Awaits that events are stored or have become dead letters, for requests. */
@Startup
@ApplicationScoped
public class StorageAwaiter {

    static final int MAX_WAITERS = RowAwaiter.MAX_WAITERS;

    private final RowAwaiter<Awaited> events;

    StorageAwaiter(StatusStore store, RowAwaiters awaiters) {
        events = awaiters.of("events", store::settled);
    }

    /**
     * Answers true as soon as the event is stored, or a dead letter of this caller, or false after that time; false at once if the program is about to stop.
     *
     * @return fails with {@link ProblemCode#OVERLOADED} where {@value #MAX_WAITERS} others wait
     */
    public Uni<Boolean> untilSettled(UUID id, String caller, Duration timeout) {
        return events.untilReady(new Awaited(id, caller), timeout);
    }

    /** The number of requests that wait. */
    long count() {
        return events.count();
    }
}
