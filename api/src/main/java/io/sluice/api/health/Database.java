package io.sluice.api.health;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.health.Inquiry.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Whether PostgreSQL answers with a schema that this program can read. */
@ApplicationScoped
class Database {

    /** The oldest schema that this program can read. */
    private static final int MINIMUM_SCHEMA = 3;

    private static final String SCHEMA =
            "select coalesce(max(split_part(version, '.', 1)::int), 0) from flyway_schema_history where success";

    private final Sql sql;

    /** Of no request, because its answer goes to all who ask meanwhile; a thread of the framework would carry one's context. */
    private final ExecutorService queries =
            Executors.newSingleThreadExecutor(query -> new Thread(query, "database-check"));

    private final Inquiry inquiry =
            new Inquiry("PostgreSQL", () -> CompletableFuture.supplyAsync(this::query, queries));

    /** What server or driver have said last, until all was well; used by the queries' thread alone. */
    private String refusal = "";

    Database(Sql sql) {
        this.sql = sql;
    }

    @PreDestroy
    void stop() {
        queries.shutdownNow();
    }

    /** Whether PostgreSQL can be read from, with the version of the schema or what is wrong. */
    Uni<Answer> state() {
        return inquiry.answer();
    }

    private Answer query() {
        try {
            int version = sql.query(SCHEMA, List.of(), rows -> {
                rows.next();
                return rows.getInt(1);
            });
            refusal = "";
            return version >= MINIMUM_SCHEMA
                    ? new Answer(true, "schema version " + version)
                    : new Answer(
                            false,
                            "the schema has version %d, needed is %d; run init-job".formatted(version, MINIMUM_SCHEMA));
        } catch (DatabaseUnavailableException e) {
            return new Answer(false, "PostgreSQL cannot be used: " + reason(e));
        }
    }

    /** The pool has a reason of its own, that it took too long, which hides why. */
    private String reason(DatabaseUnavailableException e) {
        if (e.sqlState() == null) {
            return refusal.isEmpty() ? e.getMessage() : e.getMessage() + "; before that: " + refusal;
        }
        refusal = "%s (SQLSTATE %s)".formatted(e.getMessage(), e.sqlState());
        return refusal;
    }
}
