package io.sluice.worker.storage;

import io.sluice.runtime.health.StorageCheck;
import io.sluice.settings.FeatureSettings;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Storage in {@code /health}. No probe depends on it: jobs wait for it, and no restart would help. */
@Dependent
class StorageCheckProducer {

    @Produces
    @Singleton
    @Wellness
    StorageCheck check(FeatureSettings features, JobStorage storage) {
        return new StorageCheck(features, "jobs wait", storage::check);
    }

    void stop(@Disposes @Wellness StorageCheck check) {
        check.close();
    }
}
