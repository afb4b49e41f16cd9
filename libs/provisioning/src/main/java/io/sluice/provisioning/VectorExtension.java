package io.sluice.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.provisioning.Step.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Vectors of passages as pgvector has them, where the server has that extension and the role may create it; without them the workers search in
 * their memory.
 *
 * @see <a href="https://github.com/pgvector/pgvector">pgvector</a>
 */
final class VectorExtension {

    private static final String SUBJECT = "vector index";

    private static final String SCRIPT = "/db/pgvector/passage_embeddings.sql";

    private static final String IS_THERE = "select to_regclass('passage_embeddings') is not null";

    /** Versions from 0.8 on, where a search goes on until enough of what it finds is readable for the caller. What is installed already decides. */
    private static final String IS_AVAILABLE =
            """
            select exists (select from pg_available_extension_versions
                            where case when name = 'vector' and version ~ '^[0-9]+[.][0-9]+[.][0-9]+$'
                                       then string_to_array(version, '.')::int[] >= '{0,8}' end
                              and not exists (select from pg_extension where extname = 'vector' and extversion <> version))""";

    private final Database database;

    VectorExtension(Database database) {
        this.database = database;
    }

    /** Makes the table and its indexes, of the vectors that there are, if they can be. */
    void provision(Plan plan) {
        try (Connection connection = database.connect()) {
            if (!isTrue(connection, IS_THERE) && isTrue(connection, IS_AVAILABLE)) {
                switch (plan.mode()) {
                    case CARRY_OUT -> create(plan, connection);
                    case DRY_RUN -> plan.note(created());
                }
            }
        } catch (SQLException e) {
            throw new ProvisioningException(Component.DATABASE, database.name() + ": " + FailureSummary.of(e), e);
        }
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static Step created() {
        return new Step(Kind.CREATE, SUBJECT, "passage_embeddings, by the extension vector");
    }

    private static void create(Plan plan, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(script());
            connection.commit();
            plan.note(created());
        } catch (SQLException e) {
            connection.rollback();
            // Another init-job may have been faster.
            if (!isTrue(connection, IS_THERE)) {
                plan.note(new Step(
                        Kind.WARNING,
                        SUBJECT,
                        "none, so that workers search in their memory: %s. A superuser may run \"create extension vector\" in this database; then run init-job again"
                                .formatted(FailureSummary.of(e))));
            }
        }
    }

    private static String script() {
        try (InputStream script = VectorExtension.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException("there is no resource " + SCRIPT);
            }
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
