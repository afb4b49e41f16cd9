package io.sluice.provisioning;

import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Environment;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.KafkaSettings;
import io.sluice.settings.MigrationSettings;
import io.sluice.settings.RetentionSettings;
import io.sluice.settings.TopicLayoutSettings;

/**
 * Settings of provisioning and retention.
 *
 * @param features which there are
 * @param kafka where the topics are
 * @param topics how they are laid out
 * @param database where the tables are
 * @param migration where they are reached, if somewhere else
 * @param retention how long topics and tables keep what they have
 */
public record ProvisioningSettings(
        FeatureSettings features,
        KafkaSettings kafka,
        TopicLayoutSettings topics,
        DatabaseSettings database,
        MigrationSettings migration,
        RetentionSettings retention) {

    /** Reads them. */
    public ProvisioningSettings(Environment environment) {
        this(
                new FeatureSettings(environment),
                new KafkaSettings(environment),
                new TopicLayoutSettings(environment),
                new DatabaseSettings(environment),
                new MigrationSettings(environment),
                new RetentionSettings(environment));
    }

    /**
     * The address of the database, for sessions.
     *
     * @throws IllegalArgumentException as {@link DatabaseSettings#url()} does
     */
    DatabaseUrl databaseUrl() {
        return migration.url().orElseGet(database::url);
    }
}
