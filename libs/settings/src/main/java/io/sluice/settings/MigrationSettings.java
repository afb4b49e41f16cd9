package io.sluice.settings;

import java.util.Optional;

/** Address of the database for migrations and retention, where it is not that of all else: they need a session, which not every pooler gives. */
public final class MigrationSettings {

    private final String url;

    /** Reads it. */
    public MigrationSettings(Environment environment) {
        url = environment.text(Setting.MIGRATION_DATABASE_URL);
    }

    /** The address; empty where it is that of {@link DatabaseSettings}. */
    public Optional<DatabaseUrl> url() {
        return url.isEmpty() ? Optional.empty() : Optional.of(DatabaseUrl.parse(url));
    }
}
