package io.sluice.consumer.deadletters;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Resolves dead letters whose events are stored by a redrive, in the transaction that stores them. */
@Singleton
public class DeadLetterResolver {

    private static final String RESOLVE =
            """
            update dead_letters set state = 'resolved', resolved_at = transaction_timestamp()
            where id = any (?::uuid[]) and state <> 'resolved'
            """;

    /**
     * Resolves dead letters.
     *
     * @param redriven ids of those whose events are stored, now or before
     */
    public void resolve(Connection connection, Stream<UUID> redriven) throws SQLException {
        // Sorted, so that two transactions lock them in the same order.
        List<UUID> ids = redriven.distinct().sorted().toList();
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(RESOLVE)) {
            update.setArray(1, connection.createArrayOf("uuid", ids.toArray(UUID[]::new)));
            update.executeUpdate();
        }
    }
}
