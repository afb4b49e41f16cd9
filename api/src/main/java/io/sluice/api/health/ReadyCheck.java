package io.sluice.api.health;

import io.quarkus.runtime.StartupEvent;
import io.sluice.api.publishing.Topics;
import io.sluice.api.search.RetrievalWarmUp;
import io.sluice.api.security.KeySet;
import io.sluice.runtime.health.DatabaseSchemaCheck;
import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: the program has once seen all that it needs. After that only its shutdown makes it unready: posting needs Kafka alone
 * and reading PostgreSQL alone, and a probe that took all replicas away would take both from all clients.
 */
@Readiness
@ApplicationScoped
class ReadyCheck implements AsyncHealthCheck {

    private static final String NAME = "ready";

    private final KeySet keys;
    private final Topics topics;
    private final DatabaseSchemaCheck schema;
    private final RetrievalWarmUp retrieval;
    private volatile boolean schemaSeen;

    ReadyCheck(KeySet keys, Topics topics, DatabaseSchemaCheck schema, RetrievalWarmUp retrieval) {
        this.keys = keys;
        this.topics = topics;
        this.schema = schema;
        this.retrieval = retrieval;
    }

    /** The first connection to PostgreSQL can take longer than a probe waits, and is made while Kafka is looked for. */
    void start(@Observes StartupEvent event) {
        schema.answer().subscribe().with(this::look);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!keys.seen()) {
            return Uni.createFrom().item(response(false, keys.state()));
        }
        if (topics.used() && !topics.seen()) {
            return Uni.createFrom().item(response(false, topics.state()));
        }
        if (!retrieval.isOver()) {
            return Uni.createFrom()
                    .item(response(false, "the worker is asked for the first time, for two seconds at most"));
        }
        if (schemaSeen) {
            return Uni.createFrom()
                    .item(response(
                            true, topics.used() ? "topics and schema have been seen" : "the schema has been seen"));
        }
        return schema.answer().map(answer -> {
            look(answer);
            return answer.response(NAME);
        });
    }

    /** An answer that comes late does not take back what another has seen. */
    private void look(Answer answer) {
        if (answer.well()) {
            schemaSeen = true;
        }
    }

    private static HealthCheckResponse response(boolean up, String detail) {
        return new Answer(up, detail).response(NAME);
    }
}
