package io.sluice.settings;

/** Address of the database, with user and password. */
public final class DatabaseSettings {

    private final String url;
    private final String file;

    /** Reads them, and what the file holds. */
    public DatabaseSettings(Environment environment) {
        url = environment.text(Setting.DATABASE_URL);
        file = environment.text(Setting.DATABASE_URL_FILE);
        if (environment.sets(Setting.DATABASE_URL) && environment.sets(Setting.DATABASE_URL_FILE)) {
            environment.conflict("DATABASE_URL and DATABASE_URL_FILE must not both be set; leave one of them out");
        }
    }

    /**
     * The address; as the file holds it now, if it is in one.
     *
     * @throws IllegalArgumentException if it is in a file that does not hold it any more; the message quotes nothing of it
     */
    public DatabaseUrl url() {
        return isInFile() ? new DatabaseUrlFile(file).read() : DatabaseUrl.parse(url);
    }

    /** True if the address is read from a file, and may become another one. */
    public boolean isInFile() {
        return !file.isEmpty();
    }
}
