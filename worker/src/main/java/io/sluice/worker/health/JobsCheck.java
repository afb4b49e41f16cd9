package io.sluice.worker.health;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.sluice.worker.jobs.JobWorker;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness: no job hangs; and what the program does. */
@Liveness
@ApplicationScoped
class JobsCheck implements AsyncHealthCheck {

    private final JobWorker worker;

    JobsCheck(JobWorker worker) {
        this.worker = worker;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Optional<String> stuck = worker.stuck();
        return Uni.createFrom().item(new Answer(stuck.isEmpty(), stuck.orElseGet(worker::state)).response("jobs"));
    }
}
