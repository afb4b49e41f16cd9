package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Checks that a connection is a session of the server. A pooler in transaction mode gives each transaction whichever session is free: the
 * lock that keeps two migrations apart is taken in one and given back in another, and so is there for good, and what retention sets for its
 * session goes on for those of others.
 *
 * @see <a href="https://www.pgbouncer.org/features.html">PgBouncer, SQL feature map for pooling modes</a>
 */
final class SessionCheck {

    private SessionCheck() {}

    /**
     * Checks two connections that are open at the same time.
     *
     * @throws ProvisioningException if both are the same session, with the remedy
     */
    static void require(Connection one, Connection other) throws SQLException {
        if (session(one) == session(other)) {
            throw new ProvisioningException(
                    Component.MIGRATION,
                    "Database " + one.getCatalog()
                            + ": it is behind a pooler in transaction mode, and init-job needs a session of its own. "
                            + "Set MIGRATION_DATABASE_URL to PostgreSQL itself, or to a pooler in session mode",
                    null);
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
