package io.sluice.api.health;

import io.agroal.api.AgroalDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Whether PostgreSQL answers with a schema that this program can read. */
@ApplicationScoped
class Database {

    /** The oldest schema that this program can read. */
    private static final int MINIMUM_SCHEMA = 3;

    /** Less than the second that a probe waits by default. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(800);

    private static final State SILENT =
            new State(false, "PostgreSQL did not answer within " + ANSWER_WITHIN.toMillis() + " ms");

    private final AgroalDataSource pool;

    /** Of no request, because its answer goes to all who ask meanwhile; a thread of the framework would carry one's context. */
    private final ExecutorService queries =
            Executors.newSingleThreadExecutor(query -> new Thread(query, "database-check"));

    /** Shared by all who ask meanwhile, so that a database that hangs holds one thread; guarded by this. */
    private CompletableFuture<State> underWay = CompletableFuture.completedFuture(SILENT);

    private volatile State last = SILENT;

    Database(AgroalDataSource pool) {
        this.pool = pool;
    }

    @PreDestroy
    void stop() {
        queries.shutdownNow();
    }

    /**
     * What PostgreSQL answers.
     *
     * @param usable whether it can be read from
     * @param detail the version of the schema, or what is wrong; names no secret
     */
    record State(boolean usable, String detail) {}

    /** Asks PostgreSQL; has an answer within a second whatever becomes of the question. */
    Uni<State> state() {
        return Uni.createFrom()
                .completionStage(() -> ask().copy())
                .ifNoItem()
                .after(ANSWER_WITHIN)
                // What was wrong before says more than silence.
                .recoverWithItem(() -> last.usable() ? SILENT : last);
    }

    private synchronized CompletableFuture<State> ask() {
        if (underWay.isDone()) {
            underWay = CompletableFuture.supplyAsync(this::query, queries).thenApply(this::remember);
        }
        return underWay;
    }

    private State remember(State state) {
        last = state;
        return state;
    }

    private State query() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select coalesce(max(split_part(version, '.', 1)::int), 0) from flyway_schema_history where success")) {
            rows.next();
            int version = rows.getInt(1);
            return version >= MINIMUM_SCHEMA
                    ? new State(true, "schema version " + version)
                    : new State(
                            false,
                            "the schema has version %d, needed is %d; run init-job".formatted(version, MINIMUM_SCHEMA));
        } catch (SQLException e) {
            return new State(false, "PostgreSQL cannot be used: " + e.getMessage());
        }
    }
}
