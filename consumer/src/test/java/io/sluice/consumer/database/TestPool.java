package io.sluice.consumer.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.sluice.settings.DatabaseUrl;
import java.sql.SQLException;
import java.time.Duration;

/** Pool of connections for a part of the program, without the program around it. */
public final class TestPool {

    private TestPool() {}

    /**
     * Makes one of two connections.
     *
     * @param applicationName by which PostgreSQL tells its connections from others
     */
    public static AgroalDataSource of(String databaseUrl, String applicationName) throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(connections -> connections
                        .maxSize(2)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url.jdbcUrl())
                                .principal(new NamePrincipal(url.user()))
                                .credential(new SimplePassword(url.password()))
                                .jdbcProperty("ApplicationName", applicationName))));
    }
}
