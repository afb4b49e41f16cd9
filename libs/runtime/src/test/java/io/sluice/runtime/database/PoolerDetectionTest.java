package io.sluice.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.settings.DatabaseUrl;
import io.sluice.testkit.PgBouncer;
import io.sluice.testkit.Servers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

class PoolerDetectionTest {

    private static final int OF_THE_DRIVER = 5;

    @TempDir
    Path folder;

    @Test
    void directlyStatementsArePrepared() throws SQLException {
        assertThat(threshold(Servers.shared().databaseUrl())).isEqualTo(OF_THE_DRIVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "transaction"})
    void behindPgBouncerNoneIsUnlessTheUrlSaysSo(String mode) throws SQLException {
        try (PgBouncer pooler = start(mode)) {
            assertThat(threshold(pooler.url())).isZero();
            assertThat(threshold(pooler.url() + "?prepareThreshold=5")).isEqualTo(5);
        }
    }

    @Test
    void twoConnectionsShareASessionInTransactionMode() throws SQLException {
        try (PgBouncer pooler = start("transaction")) {
            // What the driver would do by itself.
            assertThatThrownBy(() -> bothExecute(pooler.url() + "?prepareThreshold=5"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("prepared statement");

            bothExecute(pooler.url());
        }
    }

    private PgBouncer start(String mode) {
        assumeTrue(PgBouncer.isInstalled(), "there is no pgbouncer here");
        return PgBouncer.start(Servers.shared().databaseUrl(), mode, folder);
    }

    private static int threshold(String url) throws SQLException {
        try (Connection connection = connect(url)) {
            return connection.unwrap(PGConnection.class).getPrepareThreshold();
        }
    }

    private static void bothExecute(String url) throws SQLException {
        try (Connection one = connect(url);
                Connection other = connect(url);
                PreparedStatement ones = one.prepareStatement("select 1");
                PreparedStatement others = other.prepareStatement("select 2")) {
            for (int i = 0; i <= OF_THE_DRIVER; i++) {
                ones.execute();
                others.execute();
            }
        }
    }

    private static Connection connect(String url) throws SQLException {
        DatabaseUrl parsed = DatabaseUrl.parse(url);
        Connection connection = DriverManager.getConnection(parsed.jdbcUrl(), parsed.user(), parsed.password());
        new PoolerDetection().onConnectionCreate(connection);
        return connection;
    }
}
