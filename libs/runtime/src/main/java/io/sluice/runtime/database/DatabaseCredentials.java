package io.sluice.runtime.database;

import io.quarkus.credentials.CredentialsProvider;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.DatabaseUrl;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * User and password for each new connection to PostgreSQL, where DATABASE_URL_FILE is set: what the file holds at that moment. What
 * it says of hosts, database and parameters holds from the start of the program to its end.
 */
@ApplicationScoped
public class DatabaseCredentials implements CredentialsProvider {

    private static final Logger LOG = Logger.getLogger(DatabaseCredentials.class.getName());

    /** Name by which the pool's configuration refers to this class. */
    public static final String NAME = "DATABASE_URL_FILE";

    private final DatabaseSettings settings;
    private final String jdbcUrl;
    private volatile DatabaseUrl last;

    /** Keeps the log to a line for each change. */
    private volatile String state = "";

    DatabaseCredentials(DatabaseSettings settings) {
        this.settings = settings;
        this.last = settings.url();
        this.jdbcUrl = last.jdbcUrl();
    }

    @Override
    public Map<String, String> getCredentials(String name) {
        DatabaseUrl url = current();
        Map<String, String> credentials = new HashMap<>();
        if (url.user() != null) {
            credentials.put(USER_PROPERTY_NAME, url.user());
        }
        if (url.password() != null) {
            credentials.put(PASSWORD_PROPERTY_NAME, url.password());
        }
        return credentials;
    }

    /** A file that is being replaced, or was spoilt, is no reason to lose what worked before. */
    private DatabaseUrl current() {
        try {
            last = settings.url();
            tell(last.jdbcUrl().equals(jdbcUrl) ? "" : "all but user and password takes effect with the next start");
        } catch (IllegalArgumentException e) {
            tell("DATABASE_URL_FILE cannot be used, user and password stay: " + e.getMessage());
        }
        return last;
    }

    private void tell(String now) {
        if (!now.equals(state) && !now.isEmpty()) {
            LogLine.of("database-url-not-taken").with("reason", now).write(LOG, Level.WARN);
        }
        state = now;
    }
}
