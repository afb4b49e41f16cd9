package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    /** Whoever shows or searches the URL of a connection, as Flyway does for secrets, is done the sooner. */
    @Test
    void theUrlOfAConnectionIsTheOneThatWasSet() throws SQLException {
        // Given
        DatabaseUrl url = DatabaseUrl.parse(Servers.postgres().url() + "?application_name=mine");

        // When
        try (Connection connection = Database.at(url, Duration.ofMinutes(30)).connect();
                Statement statement = connection.createStatement()) {

            // Then
            assertThat(connection.getMetaData().getURL()).isEqualTo(url.jdbcUrl());
            var shown = statement.executeQuery("show application_name");
            assertThat(shown.next()).isTrue();
            assertThat(shown.getString(1)).isEqualTo("mine");
            assertThat(connection.getNetworkTimeout()).isEqualTo(1_800_000);
        }
    }
}
