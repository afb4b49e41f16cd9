package io.sluice.provisioning;

import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * A PostgreSQL database. Not a {@code PGSimpleDataSource}: the URL of its connections names each of the driver's eighty parameters, and
 * Flyway, which searches that URL for secrets several times a run, takes up to half a second for it each time.
 *
 * @param url where it is; its parameters win over the properties
 * @param properties the driver's, by name
 */
record Database(DatabaseUrl url, Map<String, String> properties) {

    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Describes the database; does not connect.
     *
     * @param silence socket timeout, above the duration of any statement, so that it ends only connections to a lost
     *     server
     */
    static Database at(DatabaseUrl url, Duration silence) {
        Map<String, String> properties = Map.of(
                "ApplicationName",
                "sluice-provisioning",
                "connectTimeout",
                String.valueOf(LOGIN_TIMEOUT.toSeconds()),
                "loginTimeout",
                String.valueOf(LOGIN_TIMEOUT.toSeconds()),
                "socketTimeout",
                String.valueOf(silence.toSeconds()),
                "tcpKeepAlive",
                "true",
                // A pooler between may give each transaction another session, which knows no statement by its name.
                "prepareThreshold",
                "0");
        return new Database(url, properties);
    }

    /** {@return a new connection} */
    Connection connect() throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        if (url.user() != null) {
            all.setProperty("user", url.user());
        }
        if (url.password() != null) {
            all.setProperty("password", url.password());
        }
        return DriverManager.getConnection(url.jdbcUrl(), all);
    }

    /** {@return what people call it, without user, password and parameters} */
    String name() {
        return "PostgreSQL at "
                + url.jdbcUrl().replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*", "");
    }
}
