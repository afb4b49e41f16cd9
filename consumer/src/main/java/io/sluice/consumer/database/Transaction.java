package io.sluice.consumer.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A transaction on a connection of its own; it is rolled back where it is not committed. */
public final class Transaction implements AutoCloseable {

    private final Connection connection;
    private boolean over;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    /** Begins one, on a connection of the pool. */
    public static Transaction begin(DataSource pool) throws SQLException {
        Connection connection = pool.getConnection();
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Transaction(connection);
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
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
        connection.rollback();
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
