package io.sluice.api.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Statements, with parameters and results as the api has them. Every method blocks. */
@ApplicationScoped
public class Sql {

    /** PostgreSQL's names of the types of an array's elements. */
    private static final Map<Class<?>, String> ELEMENT_TYPES = Map.of(
            UUID.class,
            "uuid",
            Long.class,
            "int8",
            Integer.class,
            "int4",
            Double.class,
            "float8",
            String.class,
            "text");

    /**
     * Stands before a statement and goes with it to the server: the two are one transaction, so that this holds for the statement,
     * whatever role, database, server and pooler have set, and for nothing else on the connection.
     */
    private static final String SETTINGS =
            "select set_config('statement_timeout', '5s', true), set_config('synchronous_commit', 'on', true); ";

    private static final String SETTINGS_OF_A_TRANSACTION =
            """
            set local statement_timeout = '5s';
            set local idle_in_transaction_session_timeout = '10s';
            set local synchronous_commit = on
            """;

    private final AgroalDataSource pool;

    Sql(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** Makes something of a statement's rows. */
    @FunctionalInterface
    public interface Rows<T> {
        /** Reads all the rows that matter. */
        T read(ResultSet rows) throws SQLException;
    }

    /** Work of one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it, all or nothing. */
        T in(Connection transaction) throws SQLException;
    }

    /**
     * Runs a statement in a transaction of its own.
     *
     * @throws DatabaseUnavailableException if PostgreSQL does not answer it
     */
    public <T> T query(String sql, List<? extends @Nullable Object> parameters, Rows<T> rows) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(SETTINGS + sql)) {
            set(statement, parameters);
            statement.execute();
            statement.getMoreResults();
            try (ResultSet result = statement.getResultSet()) {
                return rows.read(result);
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    /** Runs a statement in this transaction. */
    public static <T> T query(
            Connection transaction, String sql, List<? extends @Nullable Object> parameters, Rows<T> rows)
            throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            set(statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                return rows.read(result);
            }
        }
    }

    private static void set(PreparedStatement statement, List<? extends @Nullable Object> parameters)
            throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameter(parameters.get(i), statement.getConnection()));
        }
    }

    private static @Nullable Object parameter(@Nullable Object value, Connection connection) throws SQLException {
        if (value instanceof Object[] array) {
            return connection.createArrayOf(ELEMENT_TYPES.get(array.getClass().getComponentType()), array);
        }
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }

    /**
     * Does work in a transaction.
     *
     * @throws DatabaseUnavailableException if PostgreSQL does not do it, or does not say that it has
     */
    public <T> T inTransaction(Work<T> work) {
        return inTransaction(work, result -> true);
    }

    /**
     * Does work in a transaction, which is rolled back if its result is empty.
     *
     * @throws DatabaseUnavailableException as {@link #inTransaction}
     */
    public <T> Optional<T> inTransactionUnlessEmpty(Work<Optional<T>> work) {
        return inTransaction(work, Optional::isPresent);
    }

    private <T> T inTransaction(Work<T> work, Predicate<T> isToCommit) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                applySettings(connection);
                T result = work.in(connection);
                if (isToCommit.test(result)) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    static void applySettings(Connection transaction) throws SQLException {
        try (Statement settings = transaction.createStatement()) {
            settings.execute(SETTINGS_OF_A_TRANSACTION);
        }
    }

    /** The instant of a column. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
