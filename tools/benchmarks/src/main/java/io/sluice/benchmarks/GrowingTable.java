package io.sluice.benchmarks;

import io.sluice.local.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The table {@code messages}, filled by the server itself. */
record GrowingTable(PostgresServer postgres) {

    private static final int SESSIONS = 2;

    /** Rows of a transaction. */
    private static final int BATCH = 200_000;

    /**
     * Rows as the consumer stores those of a {@link Workload}. Those of a transaction are in the order of their keys: in any other each row
     * would need another page of the index by key, and take several times as long.
     */
    private static final String FILL =
            """
            do $$ begin
                for batch in 1 .. %1$d by %2$d loop
                    insert into messages (id, type, key, subject, caller, time, payload, fingerprint)
                    select uuidv7(), 'order.placed', key, 'orders-' || number %% 100, 'anonymous', now(),
                           convert_to('"' || repeat('x', %3$d) || '"', 'UTF8'), sha256(int8send(number))
                    from (select number, 'customer-' || random(0, 9999) as key
                          from generate_series(batch, least(batch + %2$d - 1, %1$d)) number
                          order by key) numbers;
                    commit;
                end loop;
            end $$
            """;

    /** Adds rows, in transactions of two sessions. */
    void fill(long rows, int payloadBytes) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        try {
            Callable<Void> part = () -> {
                execute(FILL.formatted(rows / SESSIONS, BATCH, payloadBytes - 2));
                return null;
            };
            for (Future<Void> each : threads.invokeAll(List.of(part, part))) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new Failure("The table could not be filled: " + e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Does what autovacuum would, at once, and lets the server finish earlier writes. */
    void settle() throws SQLException {
        execute("vacuum analyze messages");
        execute("checkpoint");
    }

    /** Ids of rows from anywhere in the table, of as many pages. */
    List<UUID> someIds(int number) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = MessagesTable.connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        select id
                        from messages tablesample system (least(100, 100.0 * 8192 * %1$d / pg_relation_size('messages')))
                        order by random() limit %1$d
                        """
                                .formatted(number))) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /** Sizes of the table and its indexes, for people. */
    String size() throws SQLException {
        try (Connection connection = MessagesTable.connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_size_pretty(pg_table_size('messages')), pg_size_pretty(pg_indexes_size('messages'))")) {
            row.next();
            return "%s, and %s of indexes".formatted(row.getString(1), row.getString(2));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = MessagesTable.connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
