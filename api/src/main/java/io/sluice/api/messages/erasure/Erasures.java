package io.sluice.api.messages.erasure;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.messages.erasure.ErasureStore.DeadLetterBatch;
import io.sluice.contract.EventId;
import io.sluice.runtime.logs.LogLine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Erases the events of keys, and keeps the books on it. */
@ApplicationScoped
public class Erasures {

    /** Most transactions of a request, so that none holds a connection for long; another request goes on. */
    static final int MAX_BATCHES = 20;

    private static final Logger LOG = Logger.getLogger(Erasures.class.getName());

    private static final String UNKNOWN =
            "The database has not said that all is erased; what is erased stays so. Send the same request again.";

    private final ErasureStore store;
    private final DatabaseCalls database;

    Erasures(ErasureStore store, DatabaseCalls database) {
        this.store = store;
        this.database = database;
    }

    /**
     * Erases what is stored of a key, as far as the caller may see it: dead letters first, since one that is being sent again may become
     * a message meanwhile; {@value #MAX_BATCHES} transactions of {@value ErasureStore#BATCH} rows at most.
     *
     * @return fails as {@link DatabaseCalls#call}; what was erased before that stays so
     */
    public Uni<Erased> erase(String key, String caller) {
        return database.call(() -> erase(new Erasure(EventId.next(), key, caller)), UNKNOWN);
    }

    private Erased erase(Erasure erasure) {
        long messages = 0;
        long deadLetters = 0;
        boolean complete = false;
        Optional<UUID> after = Optional.of(ErasureStore.FIRST);
        try {
            for (int batches = 0; batches < MAX_BATCHES && !complete; batches++) {
                if (after.isPresent()) {
                    DeadLetterBatch batch = store.eraseDeadLetters(erasure, after.get());
                    deadLetters += batch.erased();
                    after = batch.next();
                } else {
                    int erased = store.eraseMessages(erasure);
                    messages += erased;
                    complete = erased == 0;
                }
            }
        } finally {
            log(erasure, messages, deadLetters, complete);
        }
        return new Erased(messages, deadLetters, complete);
    }

    private static void log(Erasure erasure, long messages, long deadLetters, boolean complete) {
        LogLine.of("messages-erased")
                .with("keySha256", HexFormat.of().formatHex(erasure.keySha256()))
                .with(LogLine.CALLER, erasure.caller())
                .with("messages", messages)
                .with("deadLetters", deadLetters)
                .with("complete", complete)
                .write(LOG, Level.INFO);
    }
}
