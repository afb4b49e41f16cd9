package io.sluice.api.storage;

import io.sluice.runtime.health.StorageCheck;
import io.sluice.settings.FeatureSettings;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Storage in {@code /health}. No probe depends on it: without storage uploads and downloads are refused, and all else works; where a probe
 * asks for {@code /health}, it would take that away, too.
 */
@Dependent
class StorageCheckProducer {

    @Produces
    @Singleton
    @Wellness
    StorageCheck check(FeatureSettings features, ObjectStorage storage) {
        return new StorageCheck(features, "uploads and downloads are refused", () -> storage.open()
                .check());
    }

    void stop(@Disposes @Wellness StorageCheck check) {
        check.close();
    }
}
