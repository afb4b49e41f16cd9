package io.sluice.consumer.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Handles events in the transaction that stores them. Effects in this database happen exactly once for each event,
 * because they are committed together with the event's row or not at all. Every bean of this type is called, by two threads at once where
 * a batch is stored in two transactions; events of one key are never in both.
 */
public interface EventHandler {

    /**
     * Handles the events of a transaction. It has to be quick, with a few statements for all of them, because the rows
     * stay locked until it returns. After a rollback it may be called again with the same events.
     *
     * @param connection of the transaction; must be neither committed nor closed
     * @param stored the events, of any type, that were not stored before, in the order of their partition
     * @throws SQLException to roll back. With a SQLSTATE of class 22, 23 or 54 that recurs when the event is alone, the
     *     event becomes a dead letter; after any other, the same events are retried
     * @throws RuntimeException to roll back. The events are retried in smaller transactions; one that fails alone is
     *     retried until it succeeds, holds those behind it in its partition and part of the batch, and never becomes a dead letter
     */
    void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException;
}
