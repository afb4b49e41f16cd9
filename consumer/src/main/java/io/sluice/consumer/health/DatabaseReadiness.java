package io.sluice.consumer.health;

import io.agroal.api.AgroalDataSource;
import io.sluice.consumer.database.Transaction;
import io.sluice.consumer.health.Inquiry.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether PostgreSQL answers, with a schema that this program can write. */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    /** The oldest schema that this program can write. */
    private static final int MINIMUM_SCHEMA = 3;

    private static final String SCHEMA =
            "select coalesce(max(split_part(version, '.', 1)::int), 0) from flyway_schema_history where success";

    private final AgroalDataSource pool;

    /** Of no request, because its answer goes to all who ask meanwhile: a thread of the framework would carry one's context. */
    private final ExecutorService questions =
            Executors.newSingleThreadExecutor(question -> new Thread(question, "database-check"));

    private final Inquiry inquiry = new Inquiry("database", () -> CompletableFuture.supplyAsync(this::ask, questions));

    DatabaseReadiness(AgroalDataSource pool) {
        this.pool = pool;
    }

    @PreDestroy
    void stop() {
        questions.shutdownNow();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return inquiry.response();
    }

    private Answer ask() {
        try (Transaction transaction = Transaction.begin(pool);
                Statement statement = transaction.connection().createStatement();
                ResultSet rows = statement.executeQuery(SCHEMA)) {
            rows.next();
            int version = rows.getInt(1);
            return version >= MINIMUM_SCHEMA
                    ? new Answer(true, "schema version " + version)
                    : new Answer(
                            false,
                            "the schema has version %d, needed is %d; run init-job".formatted(version, MINIMUM_SCHEMA));
        } catch (SQLException e) {
            return new Answer(
                    false, "PostgreSQL cannot be used: %s (SQLSTATE %s)".formatted(e.getMessage(), e.getSQLState()));
        }
    }
}
