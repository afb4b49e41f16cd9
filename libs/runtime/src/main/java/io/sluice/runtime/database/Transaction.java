package io.sluice.runtime.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Transaction on its own connection; closing it rolls back unless it was committed. */
public final class Transaction implements AutoCloseable {

    /**
     * Settings of each transaction, whatever the role, database, server or pooler has set; sent together with {@code
     * begin}. Read committed lets a second statement find a row that was committed meanwhile. synchronous_commit is on
     * because offsets are committed on the database's word that the rows are on disk. The timeouts are shorter than the
     * socket's, and release the rows of a consumer that hangs.
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

    /** Begins a transaction on a connection of the pool. */
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

    /** Work on the connection of a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T in(Connection transaction) throws SQLException;
    }

    /** Does work in a transaction of its own, and commits it; a failure of the work rolls it back. */
    public static <T> T run(DataSource pool, Work<T> work) throws SQLException {
        try (Transaction transaction = begin(pool)) {
            T result = work.in(transaction.connection);
            transaction.commit();
            return result;
        }
    }

    /** The connection of the transaction. */
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

    /** Fails unless the connection works, so that an earlier failure was not caused by it. */
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
