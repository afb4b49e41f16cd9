package io.sluice.worker.chat;

import io.agroal.api.AgroalDataSource;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.settings.RetentionSettings;
import io.sluice.worker.jobs.RecurringJob;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Deletes sessions that nobody has asked in for {@code RETENTION_DAYS}, with their turns, by PostgreSQL's clock. */
@Singleton
class SessionExpiry implements RecurringJob {

    private static final Logger LOG = Logger.getLogger(SessionExpiry.class.getName());

    private static final Duration INTERVAL = Duration.ofHours(1);

    /** Sessions that are deleted in one transaction: each may have a hundred turns. */
    private static final int BATCH = 200;

    private static final String DELETE =
            """
            delete from chat_sessions where id in (
                select id from chat_sessions where updated_at < now() - make_interval(secs => ?) order by updated_at limit ?)""";

    private final AgroalDataSource pool;
    private final Duration retention;

    SessionExpiry(AgroalDataSource pool, RetentionSettings settings) {
        this.pool = pool;
        this.retention = settings.retention();
    }

    @Override
    public String name() {
        return "chat-session-expiry";
    }

    @Override
    public boolean isEnabled() {
        // What was said before chat was turned off must not stay for ever.
        return true;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() throws InterruptedException {
        try {
            int deleted = expire();
            LogLine.of("chat-sessions-expired")
                    .with("count", deleted)
                    .write(LOG, deleted > 0 ? Level.INFO : Level.DEBUG);
        } catch (SQLException e) {
            LogLine.of("chat-sessions-not-expired")
                    .with("reason", FailureSummary.of(e))
                    .write(LOG, Level.WARN);
        }
    }

    private int expire() throws SQLException, InterruptedException {
        int deleted = 0;
        int batch;
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            batch = deleteBatch();
            deleted += batch;
        } while (batch == BATCH);
        return deleted;
    }

    private int deleteBatch() throws SQLException {
        try (Transaction transaction = Transaction.begin(pool);
                PreparedStatement delete = transaction.connection().prepareStatement(DELETE)) {
            delete.setDouble(1, (double) retention.toSeconds());
            delete.setInt(2, BATCH);
            int deleted = delete.executeUpdate();
            transaction.commit();
            return deleted;
        }
    }
}
