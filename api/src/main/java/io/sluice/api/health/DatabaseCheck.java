package io.sluice.api.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** What {@code /health} says of PostgreSQL. No probe depends on it: events are taken without PostgreSQL. */
@Wellness
@ApplicationScoped
class DatabaseCheck implements AsyncHealthCheck {

    private final Database database;

    DatabaseCheck(Database database) {
        this.database = database;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.state().map(state -> HealthCheckResponse.named("database")
                .status(state.well())
                .withData("detail", state.detail())
                .build());
    }
}
