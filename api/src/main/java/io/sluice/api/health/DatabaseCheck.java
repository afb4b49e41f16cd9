package io.sluice.api.health;

import io.sluice.runtime.health.DatabaseSchemaCheck;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** PostgreSQL in {@code /health}. No probe depends on it: events are taken without PostgreSQL. */
@Wellness
@ApplicationScoped
class DatabaseCheck implements AsyncHealthCheck {

    private final DatabaseSchemaCheck schema;

    DatabaseCheck(DatabaseSchemaCheck schema) {
        this.schema = schema;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return schema.answer().map(answer -> answer.response("database"));
    }
}
