package io.sluice.api;

import io.sluice.settings.Settings;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The settings and the clock, for whoever takes them in its constructor. */
@Dependent
class SettingsProducer {

    @Produces
    @Singleton
    Settings settings(Config config) {
        // Raw: a password may hold what would be an expression elsewhere.
        return Settings.from(name -> config.getConfigValue(name).getRawValue());
    }

    /** For all of Kafka's clients, those of Quarkus' extensions too: takes the place of what variables named KAFKA_ would be. */
    @Produces
    @Singleton
    @Identifier("default-kafka-broker") Map<String, Object> kafka(Settings settings) {
        return Map.copyOf(settings.kafkaClientProperties());
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
