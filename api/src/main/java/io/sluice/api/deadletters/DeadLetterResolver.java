package io.sluice.api.deadletters;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.runtime.logs.LogLine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Puts dead letters away that somebody has dealt with in another way, or that nobody misses. */
@ApplicationScoped
class DeadLetterResolver {

    private static final Logger LOG = Logger.getLogger(DeadLetterResolver.class.getName());

    private static final String UNKNOWN =
            "The database has not said that the dead letter is resolved; resolve it again later, which is safe.";

    private final RedriveStore store;
    private final DatabaseCalls database;

    DeadLetterResolver(RedriveStore store, DatabaseCalls database) {
        this.store = store;
        this.database = database;
    }

    /**
     * Puts one away; one that is put away already stays so.
     *
     * @param who the caller
     * @return fails with {@link ProblemCode#NOT_FOUND}, or as {@link DatabaseCalls#call}
     */
    Uni<Void> resolve(UUID id, String who) {
        return database.call(() -> store.resolve(id, who), UNKNOWN)
                .map(found -> found.orElseThrow(DeadLettersResource::notFound))
                .invoke(now -> logResolved(id, who, now))
                .replaceWithVoid();
    }

    private static void logResolved(UUID id, String who, boolean now) {
        if (now) {
            LogLine.of("dead-letter-resolved")
                    .with("deadLetterId", id)
                    .with(LogLine.CALLER, who)
                    .with("outcome", "resolved")
                    .write(LOG, Level.INFO);
        }
    }
}
