package io.sluice.worker.images;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells what finds objects in images, and whether a model is ready. Always up: jobs wait for a model, and no restart would help. */
@Readiness
@ApplicationScoped
class DetectorCheck implements AsyncHealthCheck {

    private final Detectors detectors;

    DetectorCheck(Detectors detectors) {
        this.detectors = detectors;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return detectors.state().map(state -> new Answer(true, state).response("detector"));
    }
}
