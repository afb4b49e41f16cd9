package io.sluice.provisioning;

import io.sluice.settings.DatabaseUrl;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database.
 *
 * @param name for people, without user, password and parameters
 * @param dataSource opens a new connection each time
 */
record Database(String name, PGSimpleDataSource dataSource) {

    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Describes the database; does not connect.
     *
     * @param silence socket timeout, above the duration of any statement, so that it ends only connections to a lost
     *     server
     */
    static Database at(DatabaseUrl url, Duration silence) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setApplicationName("sluice-provisioning");
        dataSource.setConnectTimeout((int) LOGIN_TIMEOUT.toSeconds());
        dataSource.setLoginTimeout((int) LOGIN_TIMEOUT.toSeconds());
        dataSource.setSocketTimeout((int) silence.toSeconds());
        dataSource.setTcpKeepAlive(true);
        // Last, so that parameters of the URL take precedence.
        dataSource.setUrl(url.jdbcUrl());
        dataSource.setUser(url.user());
        dataSource.setPassword(url.password());
        return new Database(name(url), dataSource);
    }

    private static String name(DatabaseUrl url) {
        return "PostgreSQL at "
                + url.jdbcUrl().replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*", "");
    }
}
