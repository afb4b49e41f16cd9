package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.provisioning.Step.Kind;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;
import org.jspecify.annotations.Nullable;

/** Migrates the database schema to this program's version; a newer schema is left unchanged. */
final class Schema {

    /** Above the duration of any statement of a migration, so that it ends only connections to a lost server. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(30);

    private static final String SUBJECT = "database schema";

    private final Database database;
    private final Retry retry;

    Schema(DatabaseUrl url, Retry retry) {
        this.database = Database.at(url, SOCKET_TIMEOUT);
        this.retry = retry;
    }

    /**
     * Waits until PostgreSQL accepts a connection.
     *
     * @throws ProvisioningException if it does not in time, or if the database cannot hold the schema
     */
    void awaitDatabase() {
        retry.await(Component.DATABASE, database.name(), () -> {
            try (Connection connection = database.connect();
                    Connection other = database.connect()) {
                SessionCheck.require(connection, other);
                SchemaCheck.require(connection);
                return connection.getCatalog();
            }
        });
    }

    void provision(Plan plan) {
        Flyway flyway = flyway();
        try {
            requireValid(flyway.validateWithResult());
            int before = plan.changes().size();
            switch (plan.mode()) {
                case CARRY_OUT -> {
                    createHistory(flyway);
                    flyway.migrate().migrations.forEach(done -> plan.note(migration(done.version, done.description)));
                }
                case DRY_RUN -> {
                    for (MigrationInfo pending : flyway.info().pending()) {
                        plan.note(migration(pending.getVersion().toString(), pending.getDescription()));
                    }
                }
            }
            if (plan.changes().size() == before) {
                plan.note(state(flyway.info()));
            }
            new VectorExtension(database).provision(plan);
        } catch (FlywayException e) {
            throw failure(e);
        }
    }

    /**
     * Creates the history of migrations. Objects of others in the schema stay; if a name is taken, the migration fails. Not by
     * {@code baselineOnMigrate}: it takes a history that another init-job has created a moment ago, and not yet filled, for a table
     * of others, and fails.
     */
    private void createHistory(Flyway flyway) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select to_regclass('flyway_schema_history') is not null")) {
            found.next();
            if (!found.getBoolean(1)) {
                flyway.baseline();
            }
        } catch (SQLException e) {
            throw new FlywayException(e.getMessage(), e);
        }
    }

    private Flyway flyway() {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(
                        database.url().jdbcUrl(),
                        database.url().user(),
                        database.url().password())
                .jdbcProperties(database.properties())
                .locations("classpath:db/migration")
                .failOnMissingLocations(true)
                .cleanDisabled(true)
                .baselineVersion("0")
                // Newer migrations come from an upgrade that was rolled back, and stay.
                .ignoreMigrationPatterns("*:future", "*:pending")
                // One attempt a second, for as long as another program's migrations may take.
                .lockRetryCount((int) SOCKET_TIMEOUT.toSeconds())
                // A session lock, because a transaction's would block "create index concurrently" forever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }

    private static Step migration(String version, String description) {
        return new Step(Kind.MIGRATE, SUBJECT, "to version " + version + ", " + description);
    }

    private static Step state(MigrationInfoService migrations) {
        MigrationVersion current = migrations.current().getVersion();
        MigrationVersion known = Arrays.stream(migrations.all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .orElse(MigrationVersion.EMPTY);
        return current.isNewerThan(known.toString())
                ? new Step(
                        Kind.WARNING,
                        SUBJECT,
                        "version " + current + " is newer than this program, which knows version " + known
                                + ": left as it is")
                : new Step(Kind.UNCHANGED, SUBJECT, "version " + current);
    }

    private void requireValid(ValidateResult result) {
        for (ValidateOutput invalid : result.invalidMigrations) {
            throw new ProvisioningException(
                    Component.MIGRATION,
                    database.name() + ": "
                            + invalid.errorDetails
                                    .errorMessage
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    null);
        }
    }

    private ProvisioningException failure(FlywayException e) {
        Component component = isConnectionLost(e) ? Component.DATABASE : Component.MIGRATION;
        return new ProvisioningException(
                component, database.name() + ": " + FailureSummary.of(e) + remedy(state(e)), e);
    }

    /** The remedy for a failed statement of a migration, to be appended to the reason. */
    private static String remedy(String state) {
        return switch (state) {
            // duplicate_table, which stands for indexes and sequences too; duplicate_object
            case "42P07", "42710" ->
                ". What has this name already is not Sluice's: rename it, or give Sluice a schema of its own (create schema, alter "
                        + "database … set search_path) or another database, and run init-job again";
            // insufficient_privilege
            case "42501" ->
                ". The role needs the right to create in the schema, and must own what earlier runs have made. Where each run has a "
                        + "role of its own, let all act as one: alter role … set role = <owner>, and for what is there, reassign owned "
                        + "by … to <owner>";
            default -> "";
        };
    }

    /** Classes of SQLSTATE about the connection, the login, the server's resources or its shutdown. */
    private static final Set<String> NOT_OF_THE_MIGRATION = Set.of("08", "28", "3D", "53", "57", "58");

    private static boolean isConnectionLost(Throwable failure) {
        String state = state(failure);
        return !state.isEmpty() && NOT_OF_THE_MIGRATION.contains(state.substring(0, 2));
    }

    /** The SQLSTATE, or an empty text if there is none. */
    private static String state(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
