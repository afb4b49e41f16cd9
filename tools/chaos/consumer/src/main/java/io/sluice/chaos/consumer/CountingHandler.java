package io.sluice.chaos.consumer;

import io.agroal.api.AgroalDataSource;
import io.sluice.consumer.intake.EventHandler;
import io.sluice.consumer.intake.ReceivedEvent;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Counts the events of each key in the table {@code chaos_counts (key, events)}, which shows whether an effect happened
 * more or less often than once. With {@code CHAOS_OUTSIDE_TRANSACTION=true} in the environment it makes the mistake
 * that the guide warns of, and counts on a connection of its own.
 */
@Singleton
class CountingHandler implements EventHandler {

    private static final String COUNT =
            """
            insert into chaos_counts (key, events) values (?, 1)
            on conflict (key) do update set events = chaos_counts.events + 1
            """;

    /** Keeps a transaction open behind the mistake, so that whatever breaks the connection shows it. */
    private static final String PAUSE = "select pg_sleep(0.1)";

    private final AgroalDataSource pool;
    private final boolean outsideTransaction = Boolean.parseBoolean(System.getenv("CHAOS_OUTSIDE_TRANSACTION"));

    CountingHandler(AgroalDataSource pool) {
        this.pool = pool;
    }

    @Override
    public void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException {
        if (outsideTransaction) {
            try (Connection own = pool.getConnection()) {
                count(own, stored);
            }
            try (PreparedStatement pause = connection.prepareStatement(PAUSE)) {
                pause.execute();
            }
        } else {
            count(connection, stored);
        }
    }

    private static void count(Connection connection, List<ReceivedEvent> stored) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNT)) {
            for (ReceivedEvent received : stored) {
                count.setString(1, received.event().key());
                count.executeUpdate();
            }
        }
    }
}
