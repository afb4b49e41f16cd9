package io.sluice.api.database;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Transactions of features whose rows are entities. Every method blocks. */
@Singleton
public class EntityTransactions {

    /** Work with the connection of a transaction. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void with(Connection transaction) throws SQLException;
    }

    /**
     * Does work in a transaction, with the timeouts of {@link Sql}.
     *
     * @throws DatabaseUnavailableException if PostgreSQL does not do it, or does not say that it has
     */
    public <T> T call(Supplier<T> work) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                Panache.getSession().doWork(Sql::applySettings);
                return work.get();
            });
        } catch (QuarkusTransactionException e) {
            throw new DatabaseUnavailableException("the transaction was not committed: " + e.getMessage());
        } catch (RuntimeException e) {
            throw sqlException(e)
                    .<RuntimeException>map(DatabaseUnavailableException::new)
                    .orElse(e);
        }
    }

    /** Writes what the entities have become, and does work with the connection of the transaction that is under way. */
    public static void flushAnd(Work work) {
        Panache.getSession().flush();
        Panache.getSession().doWork(work::with);
    }

    private static Optional<SQLException> sqlException(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }
}
