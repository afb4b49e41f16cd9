package io.sluice.consumer;

import io.sluice.runtime.settings.SettingsProducer;
import io.sluice.settings.KafkaGroupSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Settings that only this program has, for beans that take them in their constructor. */
@Dependent
class ConsumerSettingsProducer {

    @Produces
    @Singleton
    KafkaGroupSettings groups(Config config) {
        return SettingsProducer.read(config, KafkaGroupSettings::new);
    }
}
