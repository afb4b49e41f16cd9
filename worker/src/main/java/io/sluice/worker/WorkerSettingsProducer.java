package io.sluice.worker;

import io.sluice.runtime.settings.SettingsProducer;
import io.sluice.settings.DetectorSettings;
import io.sluice.settings.EmbeddingSettings;
import io.sluice.settings.RetentionSettings;
import io.sluice.settings.StorageSettings;
import io.sluice.settings.WorkerTokenSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Settings that not all programs have, for beans that take them in their constructor. */
@Dependent
class WorkerSettingsProducer {

    @Produces
    @Singleton
    StorageSettings storage(Config config) {
        return SettingsProducer.read(config, StorageSettings::new);
    }

    @Produces
    @Singleton
    RetentionSettings retention(Config config) {
        return SettingsProducer.read(config, RetentionSettings::new);
    }

    @Produces
    @Singleton
    DetectorSettings detector(Config config) {
        return SettingsProducer.read(config, DetectorSettings::new);
    }

    @Produces
    @Singleton
    EmbeddingSettings embedding(Config config) {
        return SettingsProducer.read(config, EmbeddingSettings::new);
    }

    @Produces
    @Singleton
    WorkerTokenSettings token(Config config) {
        return SettingsProducer.read(config, WorkerTokenSettings::new);
    }
}
