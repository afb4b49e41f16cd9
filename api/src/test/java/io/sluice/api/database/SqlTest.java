package io.sluice.api.database;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings that hold for each statement, whatever others have set. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class SqlTest {

    private static final String SETTINGS =
            """
            select ? || ' ' || current_setting('statement_timeout') || ' ' || current_setting('synchronous_commit')
                || ' ' || current_setting('idle_in_transaction_session_timeout')""";

    private final AgroalDataSource pool;
    private final Sql sql;
    private final EntityTransactions entities;

    SqlTest(AgroalDataSource pool, Sql sql, EntityTransactions entities) {
        this.pool = pool;
        this.sql = sql;
        this.entities = entities;
    }

    @BeforeEach
    void setForTheRole() throws SQLException {
        run("alter role sluice set statement_timeout = '1h'");
        run("alter role sluice set idle_in_transaction_session_timeout = '1h'");
        run("alter role sluice set synchronous_commit = off");
        pool.flush(FlushMode.GRACEFUL);
        await().until(() -> afterwards().equals("1h"));
    }

    @AfterEach
    void reset() throws SQLException {
        run("alter role sluice reset all");
        pool.flush(FlushMode.GRACEFUL);
    }

    @Test
    void aStatementHasItsOwnTimeoutAndLeavesNothingOnTheConnection() throws SQLException {
        // When
        String during = sql.query(SETTINGS, List.of("during"), SqlTest::text);

        // Then
        assertThat(during).isEqualTo("during 5s on 1h");
        assertThat(afterwards()).isEqualTo("1h");
    }

    @Test
    void soDoesATransaction() throws SQLException {
        // When
        String during =
                sql.inTransaction(transaction -> Sql.query(transaction, SETTINGS, List.of("during"), SqlTest::text));

        // Then
        assertThat(during).isEqualTo("during 5s on 10s");
        assertThat(afterwards()).isEqualTo("1h");
    }

    @Test
    void soDoesATransactionOfEntities() throws SQLException {
        // When
        String during = entities.call(() -> Panache.getSession()
                .createNativeQuery(SETTINGS.replace("?", "'during'"), String.class)
                .getSingleResult());

        // Then
        assertThat(during).isEqualTo("during 5s on 10s");
        assertThat(afterwards()).isEqualTo("1h");
    }

    @Test
    void aTransactionWithoutAResultIsRolledBack() {
        // When
        Optional<String> result = sql.inTransactionUnlessEmpty(transaction -> {
            try (Statement statement = transaction.createStatement()) {
                statement.execute("create table left_behind ()");
            }
            return Optional.empty();
        });

        // Then
        assertThat(result).isEmpty();
        assertThat(Texts.of(sql, "select to_regclass('left_behind') is null")).containsExactly("t");
    }

    private static String text(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getString(1);
    }

    private String afterwards() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show statement_timeout")) {
            return text(row);
        }
    }

    private void run(String statement) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement own = connection.createStatement()) {
            own.execute(statement);
        }
    }
}
