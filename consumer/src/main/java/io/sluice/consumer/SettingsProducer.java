package io.sluice.consumer;

import io.sluice.contract.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The settings, for whoever takes them in its constructor. */
@Dependent
class SettingsProducer {

    @Produces
    @Singleton
    Settings settings(Config config) {
        return Settings.from(name -> config.getOptionalValue(name, String.class).orElse(null));
    }
}
