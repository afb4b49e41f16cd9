package io.sluice.consumer.intake;

import io.sluice.contract.Event;
import io.sluice.contract.ReplayHandler;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Handles events whose effect is known by a key of their own, so that a second time changes nothing, whatever came in between. */
public interface IdempotentHandler extends EventHandler {

    /** The name by which a replay is ordered. */
    ReplayHandler name();

    /**
     * Handles events that are stored, and may have been handled before, in any order.
     *
     * @param connection of the transaction that also saves how far the replay is; must be neither committed nor closed
     * @param events of any type and owner
     * @throws SQLException to roll back; the events are tried again, and given up some times later
     */
    void handleAgain(Connection connection, List<Event> events) throws SQLException;
}
