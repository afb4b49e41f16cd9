package io.sluice.worker.storage;

import io.sluice.runtime.health.BlockingCheck;
import io.sluice.runtime.health.SharedCheck.Answer;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.storage.StorageException;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Storage in {@code /health}. Always up: jobs wait for it, and no restart would help. */
@Wellness
@ApplicationScoped
class StorageCheck implements AsyncHealthCheck {

    private final boolean used;
    private final JobStorage storage;
    private final BlockingCheck check = new BlockingCheck("Storage", "storage-check", this::ask);

    StorageCheck(FeatureSettings features, JobStorage storage) {
        this.used = features.isEnabled(Feature.IMAGES) || features.isEnabled(Feature.DOCUMENTS);
        this.storage = storage;
    }

    @PreDestroy
    void stop() {
        check.close();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return used
                ? check.answer().map(answer -> response(told(answer)))
                : Uni.createFrom().item(response("not used: FEATURES has neither images nor documents"));
    }

    private Answer ask() {
        try {
            storage.check();
            return new Answer(true, "can be used");
        } catch (StorageException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }

    private static String told(Answer answer) {
        return answer.well() ? answer.detail() : "jobs wait: " + answer.detail();
    }

    private static HealthCheckResponse response(String detail) {
        return HealthCheckResponse.named("storage")
                .up()
                .withData("detail", detail)
                .build();
    }
}
