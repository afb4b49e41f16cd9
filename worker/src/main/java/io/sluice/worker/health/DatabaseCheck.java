package io.sluice.worker.health;

import io.agroal.api.AgroalDataSource;
import io.sluice.runtime.health.DatabaseSchemaCheck;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: PostgreSQL answers, with a schema that this program can write. */
@Readiness
@ApplicationScoped
class DatabaseCheck implements AsyncHealthCheck {

    /** The oldest schema that this program can write. */
    private static final int MINIMUM_SCHEMA = 13;

    private final DatabaseSchemaCheck schema;

    DatabaseCheck(AgroalDataSource pool) {
        schema = new DatabaseSchemaCheck(pool, MINIMUM_SCHEMA);
    }

    @PreDestroy
    void stop() {
        schema.close();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return schema.answer().map(answer -> answer.response("database"));
    }
}
