package io.sluice.api.outbox;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.runtime.outbox.OutboxRow;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/**
 * Takes events of features in the transaction that changes the feature's rows: both are committed, or neither. The consumer's relay
 * publishes them, in the order of their aggregate. Without the feature {@link Feature#MESSAGES} nobody would, and nothing is written.
 */
@ApplicationScoped
public class Outbox {

    private final boolean used;
    private final OutboxBacklog backlog;
    private final Clock clock;

    Outbox(FeatureSettings features, OutboxBacklog backlog, Clock clock) {
        this.used = features.isEnabled(Feature.MESSAGES);
        this.backlog = backlog;
        this.clock = clock;
    }

    /**
     * Adds an event; blocks. It has its final id, time, headers and bytes from here on.
     *
     * @param transaction has the aggregate's row locked or just made, so that the events of an aggregate are added one after the other
     * @throws ProblemException {@link ProblemCode#OVERLOADED} where so many events wait to be published that no more may; the
     *     transaction has to be rolled back
     */
    public void add(Connection transaction, FeatureEvent event) throws SQLException {
        if (used) {
            backlog.check(transaction);
            OutboxRow.insert(transaction, event, clock.instant());
        }
    }
}
