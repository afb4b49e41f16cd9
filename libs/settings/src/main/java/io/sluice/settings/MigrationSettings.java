package io.sluice.settings;

/** Address of the database for migrations and retention, where it is not that of all else: they need a session, which not every pooler gives. */
public final class MigrationSettings {

    private final String url;
    private final DatabaseSettings database;

    /** Reads it. */
    public MigrationSettings(Environment environment) {
        url = environment.text(Setting.MIGRATION_DATABASE_URL);
        database = new DatabaseSettings(environment);
    }

    /**
     * The address; {@link DatabaseSettings#url()} if there is none for migrations.
     *
     * @throws IllegalArgumentException as that does
     */
    public DatabaseUrl url() {
        return url.isEmpty() ? database.url() : DatabaseUrl.parse(url);
    }
}
