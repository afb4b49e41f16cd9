package io.sluice.worker.retrieval;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: questions can be answered, so that the api gets no pod that cannot yet. */
@Readiness
@ApplicationScoped
class RetrievalCheck implements AsyncHealthCheck {

    private final RetrievalIndex index;

    RetrievalCheck(RetrievalIndex index) {
        this.index = index;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        boolean ready = !index.isUsed() || index.vectors() != null;
        int left = index.documentsLeft();
        String detail =
                left == 0 ? index.state() : "%s; %,d documents are left to be embedded".formatted(index.state(), left);
        return Uni.createFrom().item(() -> new Answer(ready, detail).response("retrieval"));
    }
}
