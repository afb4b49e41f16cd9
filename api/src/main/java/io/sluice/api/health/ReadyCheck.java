package io.sluice.api.health;

import io.quarkus.runtime.StartupEvent;
import io.sluice.api.health.Inquiry.Answer;
import io.sluice.api.publishing.Topics;
import io.sluice.api.security.KeySet;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the program has once seen all that it needs. After that only its shutdown makes it unready: posting needs Kafka alone
 * and reading PostgreSQL alone, and a probe that took all replicas away would take both from all clients.
 */
@Readiness
@ApplicationScoped
class ReadyCheck implements AsyncHealthCheck {

    private final KeySet keys;
    private final Topics topics;
    private final Database database;
    private volatile boolean schemaSeen;

    ReadyCheck(KeySet keys, Topics topics, Database database) {
        this.keys = keys;
        this.topics = topics;
        this.database = database;
    }

    /** The first connection to PostgreSQL can take longer than a probe waits, and is made while Kafka is looked for. */
    void start(@Observes StartupEvent event) {
        database.state().subscribe().with(this::look);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!keys.seen()) {
            return Uni.createFrom().item(response(false, keys.state()));
        }
        if (!topics.seen()) {
            return Uni.createFrom().item(response(false, topics.state()));
        }
        if (schemaSeen) {
            return Uni.createFrom().item(response(true, "topics and schema have been seen"));
        }
        return database.state().map(state -> {
            look(state);
            return response(state.well(), state.detail());
        });
    }

    /** An answer that comes late does not take back what another has seen. */
    private void look(Answer state) {
        if (state.well()) {
            schemaSeen = true;
        }
    }

    private static HealthCheckResponse response(boolean up, String detail) {
        return HealthCheckResponse.named("ready")
                .status(up)
                .withData("detail", detail)
                .build();
    }
}
