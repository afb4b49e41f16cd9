package io.sluice.runtime.settings;

import io.sluice.settings.Settings;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The settings, for beans that take them in their constructor. */
@Dependent
class SettingsProducer {

    @Produces
    @Singleton
    Settings settings(Config config) {
        // Raw: a password may hold what would be an expression elsewhere.
        return Settings.from(name -> config.getConfigValue(name).getRawValue());
    }

    /** Properties of all Kafka clients, those of Quarkus' extensions included; replaces what the extensions read from KAFKA_ variables. */
    @Produces
    @Singleton
    @Identifier("default-kafka-broker") Map<String, Object> kafka(Settings settings) {
        return Map.copyOf(settings.kafkaClientProperties());
    }
}
