package io.sluice.worker.outbox;

import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.runtime.outbox.OutboxRow;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/**
 * Takes events of features in the transaction that ends a job. Without the feature {@link Feature#MESSAGES} nobody would publish them, and
 * nothing is written. Not bounded: there is an event or two for each job, whose number is.
 */
@Singleton
public class Outbox {

    private final boolean used;
    private final Clock clock;

    Outbox(FeatureSettings features, Clock clock) {
        this.used = features.isEnabled(Feature.MESSAGES);
        this.clock = clock;
    }

    /**
     * Adds an event; blocks.
     *
     * @param transaction has the aggregate's row locked or changed, so that the events of an aggregate are added one after the other
     */
    public void add(Connection transaction, FeatureEvent event) throws SQLException {
        if (used) {
            OutboxRow.insert(transaction, event, clock.instant());
        }
    }
}
