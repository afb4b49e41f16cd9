package io.sluice.consumer.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A transaction on a connection of its own; it is rolled back where it is not committed. */
public final class Transaction implements AutoCloseable {

    /**
     * In each transaction, whatever role, database, server and pooler have set, and sent together with {@code begin}. Read committed is
     * what finds a row that was committed meanwhile by a second statement. synchronous_commit: offsets are committed because the
     * database has said that the rows are on disk. The timeouts are shorter than the socket's, and let go of the rows of a consumer
     * that hangs.
     */
    private static final String SETTINGS =
            """
            set transaction isolation level read committed;
            set local synchronous_commit = on;
            set local statement_timeout = '20s';
            set local lock_timeout = '10s';
            set local idle_in_transaction_session_timeout = '10s'
            """;

    private final Connection connection;
    private boolean over;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    /** Begins one, on a connection of the pool. */
    public static Transaction begin(DataSource pool) throws SQLException {
        Transaction transaction = new Transaction(pool.getConnection());
        try {
            transaction.connection.setAutoCommit(false);
            execute(transaction.connection, SETTINGS);
            return transaction;
        } catch (SQLException e) {
            try (transaction) {
                throw e;
            }
        }
    }

    /** The connection that it is on. */
    public Connection connection() {
        return connection;
    }

    /** Commits. */
    public void commit() throws SQLException {
        connection.commit();
        over = true;
    }

    /** Rolls back. */
    public void rollback() throws SQLException {
        over = true;
        connection.rollback();
    }

    /** Fails unless the connection works: what failed before then did not fail because of it. */
    public void proveConnection() throws SQLException {
        execute(connection, "select 1");
        connection.rollback();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!over) {
                connection.rollback();
            }
        }
    }
}
