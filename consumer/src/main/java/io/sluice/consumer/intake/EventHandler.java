package io.sluice.consumer.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What a feature does with events, in the transaction that stores them: its effects in this database happen exactly once for each
 * event, because they are committed together with the event's row, or not at all. Every bean of this type is called.
 */
public interface EventHandler {

    /**
     * Handles the events of a transaction. It has to be quick, a few statements for all of them: the rows stay locked until it is
     * done. It may be called again for the same events after a transaction that was rolled back.
     *
     * @param connection of the transaction; neither to be committed nor to be closed
     * @param stored those events of any type that were not stored before, in the order of their partition
     * @throws SQLException to roll all of it back. With a state of class 22, 23 or 54 that stays when the event comes alone, the
     *     event becomes a dead letter; after any other the same events come again later
     * @throws RuntimeException to roll all of it back as well. The events come again in smaller transactions, and one that fails
     *     alone is waited for, with those behind it in its partition: it is never a dead letter
     */
    void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException;
}
