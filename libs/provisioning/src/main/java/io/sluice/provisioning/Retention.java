package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.provisioning.Retry.Attempt;
import io.sluice.provisioning.Step.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Deletes rows that are older than {@code RETENTION_DAYS}, by PostgreSQL's clock. May run at any time and be
 * interrupted at any point: each batch is a transaction of its own, and the next run finds what is left. Of concurrent
 * runs one works.
 */
public final class Retention {

    /** Above the timeouts below, so that it ends only connections to a lost server. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(2);

    /**
     * Gives way to a migration that wants the table. Does not flush, because the consumer's transactions would wait for
     * it: a deletion that is lost in a crash is repeated by the next run. Does not sort: PostgreSQL believes a table
     * whose statistics are missing or old to be small, and would read and sort all expired rows for each batch, where
     * the index has them in order.
     */
    private static final String SESSION = "set lock_timeout = '5s'; set statement_timeout = '60s';"
            + " set synchronous_commit = off; set enable_sort = off";

    private static final String LOCK = "select pg_try_advisory_lock(hashtextextended('sluice retention', 0))";

    private static final String CUTOFF = "select transaction_timestamp() - make_interval(secs => ?)";

    private final ProvisioningSettings settings;
    private final Duration waitAtMost;

    /**
     * Deletes by the settings.
     *
     * @param waitAtMost how long to wait for PostgreSQL at first; it is tried at least once
     */
    public Retention(ProvisioningSettings settings, Duration waitAtMost) {
        this.settings = settings;
        this.waitAtMost = waitAtMost;
    }

    /**
     * Deletes, or in a dry run only counts.
     *
     * @param plan gets a step for each table, also if a failure interrupts it
     * @throws ProvisioningException if PostgreSQL is not reached, is lost meanwhile, or rejects a statement; what is
     *     deleted until then stays deleted
     */
    public void run(Plan plan) {
        Database database = Database.at(settings.databaseUrl(), SOCKET_TIMEOUT);
        Attempt<Connection> connect = () -> connect(database);
        try (Connection connection = new Retry(waitAtMost).await(Component.DATABASE, database.name(), connect)) {
            run(connection, plan);
        } catch (SQLException e) {
            throw new ProvisioningException(Component.DATABASE, database.name() + ": " + FailureSummary.of(e), e);
        }
    }

    /** A session of its own: lock and settings are the session's. */
    private static Connection connect(Database database) throws SQLException {
        Connection connection = database.connect();
        try (Connection other = database.connect()) {
            SessionCheck.require(connection, other);
            return connection;
        } catch (SQLException | ProvisioningException e) {
            connection.close();
            throw e;
        }
    }

    private void run(Connection connection, Plan plan) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
        }
        if (plan.mode() == Plan.Mode.CARRY_OUT && !lock(connection)) {
            plan.note(new Step(Kind.UNCHANGED, "retention", "another run is at work: left to it"));
            return;
        }
        OffsetDateTime cutoff = cutoff(connection);
        for (RetentionPolicy policy : RetentionPolicy.values()) {
            apply(policy, connection, cutoff, plan);
        }
    }

    /** Held until the connection ends. */
    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet locked = statement.executeQuery(LOCK)) {
            locked.next();
            return locked.getBoolean(1);
        }
    }

    private OffsetDateTime cutoff(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CUTOFF)) {
            statement.setDouble(1, (double) settings.retention().retention().toSeconds());
            try (ResultSet cutoff = statement.executeQuery()) {
                cutoff.next();
                return cutoff.getObject(1, OffsetDateTime.class);
            }
        }
    }

    private static void apply(RetentionPolicy policy, Connection connection, OffsetDateTime cutoff, Plan plan)
            throws SQLException {
        BatchedDelete delete = new BatchedDelete(connection, policy, cutoff);
        switch (plan.mode()) {
            case DRY_RUN -> note(plan, policy, delete.count(), cutoff);
            case CARRY_OUT -> {
                try {
                    delete.run();
                } finally {
                    note(plan, policy, delete.rows(), cutoff);
                }
            }
        }
    }

    private static void note(Plan plan, RetentionPolicy policy, long rows, OffsetDateTime cutoff) {
        String which =
                "with %s before %s".formatted(policy.since(), cutoff.toInstant().truncatedTo(ChronoUnit.SECONDS));
        String subject = "table " + policy.table();
        plan.note(
                rows == 0
                        ? new Step(Kind.UNCHANGED, subject, "no row " + which)
                        : new Step(Kind.DELETE, subject, (rows == 1 ? "1 row " : rows + " rows ") + which));
    }
}
