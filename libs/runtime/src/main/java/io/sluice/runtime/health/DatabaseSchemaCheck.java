package io.sluice.runtime.health;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** A check of whether PostgreSQL answers, with a schema that the program can use. */
public final class DatabaseSchemaCheck implements AutoCloseable {

    /** The setting goes to the server with the query, and holds for it alone. */
    private static final String SCHEMA =
            """
            select set_config('statement_timeout', '5s', true);
            select coalesce(max(split_part(version, '.', 1)::int), 0) from flyway_schema_history where success
            """;

    private final DataSource pool;
    private final int minimumSchema;

    /** Of no request, because its answer goes to all callers: a thread of the framework would carry one's context. */
    private final ExecutorService questions =
            Executors.newSingleThreadExecutor(question -> new Thread(question, "database-check"));

    private final SharedCheck check =
            new SharedCheck("PostgreSQL", () -> CompletableFuture.supplyAsync(this::ask, questions));

    /** Last words of server or driver, until all was well; used by the questions' thread alone. */
    private String refusal = "";

    /**
     * Asks nothing yet.
     *
     * @param minimumSchema version of the oldest schema that the program can use
     */
    public DatabaseSchemaCheck(DataSource pool, int minimumSchema) {
        this.pool = pool;
        this.minimumSchema = minimumSchema;
    }

    /** Version of the schema, or what is wrong; within a second, and never a failure. */
    public Uni<Answer> answer() {
        return check.answer();
    }

    private Answer ask() {
        try {
            int version = version();
            refusal = "";
            return version >= minimumSchema
                    ? new Answer(true, "schema version " + version)
                    : new Answer(
                            false,
                            "the schema has version %d, needed is %d; run init-job".formatted(version, minimumSchema));
        } catch (SQLException e) {
            return new Answer(false, "PostgreSQL cannot be used: " + reason(e));
        }
    }

    private int version() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getInt(1);
            }
        }
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
        questions.shutdownNow();
    }
}
