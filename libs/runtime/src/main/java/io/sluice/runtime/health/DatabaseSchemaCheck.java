package io.sluice.runtime.health;

import io.agroal.api.AgroalDataSource;
import io.sluice.runtime.health.SharedCheck.Answer;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** A check of whether PostgreSQL answers, with a schema that the program can use. A program produces it for the probes that ask it. */
public final class DatabaseSchemaCheck implements AsyncHealthCheck, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DatabaseSchemaCheck.class.getName());

    /** Version of the last migration: a program asks for all that were written before it. A newer schema does, since migrations only add. */
    private static final int NEEDED = 21;

    /** The setting goes to the server with the query, and holds for it alone. */
    private static final String SCHEMA =
            """
            select set_config('statement_timeout', '5s', true);
            select coalesce(max(split_part(version, '.', 1)::int), 0) from flyway_schema_history where success
            """;

    private final AgroalDataSource pool;

    private final BlockingCheck check = new BlockingCheck("PostgreSQL", "database-check", this::ask);

    /** Last words of server or driver, until all was well; used by the questions' thread alone. */
    private String refusal = "";

    /** The server whose schema can be used, or an empty text while there is none. */
    private final LoggedState<String> connected = new LoggedState<>("");

    /**
     * Asks nothing yet.
     *
     * @param pool connections of the program
     */
    public DatabaseSchemaCheck(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** Version of the schema, or what is wrong; within a second, and never a failure. */
    public Uni<Answer> answer() {
        return check.answer();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return answer().map(answer -> answer.response("database"));
    }

    private Answer ask() {
        try (Connection connection = pool.getConnection()) {
            int version = version(connection);
            refusal = "";
            return version >= NEEDED
                    ? usable(version, server(connection))
                    : unusable("the schema has version %d, needed is %d; run init-job".formatted(version, NEEDED));
        } catch (SQLException e) {
            return unusable("PostgreSQL cannot be used: " + reason(e));
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** Host, port and name of the database; parameters may hold what nobody else should know. */
    private static String server(Connection connection) throws SQLException {
        return connection
                .getMetaData()
                .getURL()
                .replaceFirst("^jdbc:postgresql://", "")
                .replaceFirst("\\?.*", "");
    }

    private Answer usable(int version, String server) {
        int connections = pool.getConfiguration().connectionPoolConfiguration().maxSize();
        String state = "schema version %d, at most %d connections".formatted(version, connections);
        if (connected.changesTo(server)) {
            LogLine.of("database-connected")
                    .with("server", server)
                    .with("state", state)
                    .write(LOG, Level.INFO);
        }
        return new Answer(true, state);
    }

    private Answer unusable(String reason) {
        connected.changesTo("");
        return new Answer(false, reason);
    }

    /** The pool has a reason of its own, that it took too long, which hides why. */
    private String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (e.getSQLState() == null) {
            return refusal.isEmpty() ? message : message + "; before that: " + refusal;
        }
        refusal = "%s (SQLSTATE %s)".formatted(message, e.getSQLState());
        return refusal;
    }

    @Override
    public void close() {
        check.close();
    }
}
