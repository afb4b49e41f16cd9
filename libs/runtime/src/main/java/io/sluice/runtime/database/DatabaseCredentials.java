package io.sluice.runtime.database;

import io.quarkus.credentials.CredentialsProvider;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.DatabaseUrl;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * User and password of each new connection to PostgreSQL where DATABASE_URL_FILE is set, as the file holds them at that moment. Hosts,
 * database and parameters stay as they were at the start of the program.
 */
@ApplicationScoped
public class DatabaseCredentials implements CredentialsProvider {

    private static final Logger LOG = Logger.getLogger(DatabaseCredentials.class.getName());

    /** Name by which the pool's configuration refers to this class. */
    public static final String NAME = "DATABASE_URL_FILE";

    private final DatabaseSettings settings;
    private final String jdbcUrl;
    private volatile DatabaseUrl last;

    /** Fault of the file; empty if it can be used. */
    private final LoggedState<String> fault = new LoggedState<>("");

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
            logFault(
                    last.jdbcUrl().equals(jdbcUrl) ? "" : "all but user and password takes effect with the next start");
        } catch (IllegalArgumentException e) {
            logFault("DATABASE_URL_FILE cannot be used, user and password stay: " + e.getMessage());
        }
        return last;
    }

    private void logFault(String now) {
        if (fault.changesTo(now) && !now.isEmpty()) {
            LogLine.of("database-url-not-taken").with("reason", now).write(LOG, Level.WARN);
        }
    }
}
