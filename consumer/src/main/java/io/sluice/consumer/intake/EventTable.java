package io.sluice.consumer.intake;

import io.sluice.contract.Fingerprint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Where events are stored. The transaction is the caller's. */
public interface EventTable {

    /**
     * Inserts the events whose ids are not there, in their order; of several with one id, the first.
     *
     * @return the ids that were inserted
     */
    Set<UUID> insert(Connection connection, List<Arrival> arrivals) throws SQLException;

    /** What is stored under these ids; ids that are not there are left out. */
    Map<UUID, Fingerprint> fingerprints(Connection connection, Collection<UUID> ids) throws SQLException;
}
