package io.sluice.runtime.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Does without named prepared statements behind a pooler: one in transaction mode gives each transaction another session, in which there
 * is no statement of that name, or another one. PgBouncer knows them from 1.21 on; {@code prepareThreshold} in DATABASE_URL says that they
 * can be used.
 *
 * @see <a href="https://www.pgbouncer.org/config.html#max_prepared_statements">PgBouncer, max_prepared_statements</a>
 */
@Singleton
public class PoolerDetection implements AgroalPoolInterceptor {

    @Override
    public void onConnectionCreate(Connection connection) {
        try {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            boolean decided = connection.getMetaData().getURL().contains("prepareThreshold=");
            // The server tells each connection the process that serves it. A pooler tells one of its own making.
            if (!decided && process(connection) != postgres.getBackendPID()) {
                postgres.setPrepareThreshold(0);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the connection is lost already: " + e.getMessage(), e);
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
