package io.sluice.runtime.settings;

import io.sluice.settings.DatabasePoolSettings;
import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** Settings for beans that take them in their constructor. A program has a producer of its own for those that not all programs have. */
@Dependent
public class SettingsProducer {

    /** Reads a group of settings from Quarkus' configuration, which has the environment and a test's overrides. */
    public static <T> T read(Config config, Function<Environment, T> settings) {
        // Raw: a password may hold what would be an expression elsewhere.
        return Environment.read(name -> config.getConfigValue(name).getRawValue(), settings);
    }

    @Produces
    @Singleton
    DatabaseSettings database(Config config) {
        return read(config, DatabaseSettings::new);
    }

    @Produces
    @Singleton
    DatabasePoolSettings databasePool(Config config) {
        return read(config, DatabasePoolSettings::new);
    }

    @Produces
    @Singleton
    KafkaSettings kafka(Config config) {
        return read(config, KafkaSettings::new);
    }

    @Produces
    @Singleton
    FeatureSettings features(Config config) {
        return read(config, FeatureSettings::new);
    }

    /** Properties of all Kafka clients, those of Quarkus' extensions included; replaces what the extensions read from KAFKA_ variables. */
    @Produces
    @Singleton
    @Identifier("default-kafka-broker") Map<String, Object> kafkaClient(KafkaSettings settings) {
        return Map.copyOf(settings.clientProperties());
    }
}
