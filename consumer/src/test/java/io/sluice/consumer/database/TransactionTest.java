package io.sluice.consumer.database;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.runtime.database.Transaction;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a transaction, whatever role and database have set. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class TransactionTest {

    private final AgroalDataSource pool;

    TransactionTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** Notes the settings when a row is inserted, and when its transaction is committed. */
    @BeforeEach
    void watch() throws SQLException {
        run(
                """
                create table watched (id int);
                create table seen (moment text, name text, setting text);
                create function see() returns trigger language plpgsql as $$
                begin
                    insert into seen select tg_name, name, setting from pg_settings where name in (
                        'synchronous_commit', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
                        'transaction_isolation');
                    return new;
                end $$;
                create trigger inserted before insert on watched for each row execute function see();
                create constraint trigger committed after insert on watched deferrable initially deferred
                    for each row execute function see();
                """);
    }

    @AfterEach
    void stop() throws SQLException {
        run(
                """
                drop table watched, seen; drop function see;
                alter role sluice reset all; alter database sluice reset all;
                """);
        pool.flush(FlushMode.GRACEFUL);
    }

    /** Waits for a connection that has what was set. */
    private void renew() {
        pool.flush(FlushMode.GRACEFUL);
        await().until(() -> {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("show lock_timeout")) {
                return row.next() && row.getString(1).equals("1h");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "database"})
    void whatRoleAndDatabaseSetDoesNotHold(String owner) throws SQLException {
        // Given
        for (String setting : new String[] {
            "synchronous_commit = off",
            "statement_timeout = 0",
            "lock_timeout = '1h'",
            "idle_in_transaction_session_timeout = 0",
            "default_transaction_isolation = 'serializable'"
        }) {
            run("alter " + owner + " sluice set " + setting);
        }
        renew();

        // When
        try (Transaction transaction = Transaction.begin(pool)) {
            run(transaction.connection(), "insert into watched values (1)");
            transaction.commit();
        }

        // Then
        assertThat(seen("inserted"))
                .isEqualTo(Map.of(
                        "synchronous_commit", "on",
                        "statement_timeout", "20000",
                        "lock_timeout", "10000",
                        "idle_in_transaction_session_timeout", "10000",
                        "transaction_isolation", "read committed"));
        assertThat(seen("committed")).containsEntry("synchronous_commit", "on");
    }

    private Map<String, String> seen(String moment) throws SQLException {
        Map<String, String> seen = new TreeMap<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select name, setting from seen where moment = '" + moment + "'")) {
            while (rows.next()) {
                seen.put(rows.getString("name"), rows.getString("setting"));
            }
        }
        return seen;
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
