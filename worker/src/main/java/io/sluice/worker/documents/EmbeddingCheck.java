package io.sluice.worker.documents;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: the embedding model could be loaded when a document last needed it. Down, a rollout of a wrong model ends here; documents wait. */
@Readiness
@ApplicationScoped
class EmbeddingCheck implements AsyncHealthCheck {

    private final PassageEmbedder embedder;

    EmbeddingCheck(PassageEmbedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        String fault = embedder.fault();
        Answer answer = fault == null ? new Answer(true, "no fault") : new Answer(false, "documents wait: " + fault);
        return Uni.createFrom().item(answer.response("embedding"));
    }
}
