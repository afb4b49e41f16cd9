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
            if (!decided && !isDirect(connection, postgres)) {
                postgres.setPrepareThreshold(0);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the pool has connections of PostgreSQL's driver alone", e);
        }
    }

    /** The server tells each connection the process that serves it. A pooler tells one of its own making. */
    private static boolean isDirect(Connection connection, PGConnection postgres) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1) == postgres.getBackendPID();
        } catch (SQLException e) {
            // It is lost already, which whoever uses it finds out.
            return false;
        }
    }
}
