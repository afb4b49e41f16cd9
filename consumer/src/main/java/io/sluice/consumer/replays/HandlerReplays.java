package io.sluice.consumer.replays;

import io.sluice.consumer.intake.IdempotentHandler;
import io.sluice.consumer.replays.StoredEvents.Page;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Calls handlers with stored events. The transaction is the caller's, which saves in it how far that is: an effect is there, or is done again. */
final class HandlerReplays {

    private final List<IdempotentHandler> handlers;

    HandlerReplays(List<IdempotentHandler> handlers) {
        this.handlers = handlers;
    }

    /** Reads the next page of a replay, and calls its handler. */
    Page next(Connection transaction, Replay replay) throws SQLException {
        Page page = StoredEvents.next(transaction, replay);
        if (!page.events().isEmpty()) {
            handler(replay).handleAgain(transaction, page.events());
        }
        return page;
    }

    private IdempotentHandler handler(Replay replay) {
        return handlers.stream()
                .filter(handler -> handler.name().code().equals(replay.handler()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this version has no handler " + replay.handler()));
    }
}
