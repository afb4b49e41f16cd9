package io.sluice.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.outbox.FeatureEvent;
import io.sluice.settings.Environment;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.Setting;
import io.sluice.testkit.SluiceServers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class OutboxTest {

    private final AgroalDataSource pool;

    OutboxTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    @ParameterizedTest
    @CsvSource({"all, 1", "messages, 1", "tasks, 0"})
    void anEventIsAddedWhereThereAreMessages(String features, int rows) throws SQLException {
        // Given
        UUID image = UUID.randomUUID();
        FeatureSettings settings =
                Environment.read(Map.of(Setting.FEATURES.name(), features)::get, FeatureSettings::new);
        Outbox outbox = new Outbox(settings, Clock.systemUTC());

        try (Transaction transaction = Transaction.begin(pool);
                Statement statement = transaction.connection().createStatement()) {
            // When
            outbox.add(
                    transaction.connection(),
                    new FeatureEvent("image.analysed", image, "alice", null, new byte[] {'1'}));

            // Then
            try (ResultSet row =
                    statement.executeQuery("select count(*) from outbox where aggregate = '%s'".formatted(image))) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(rows);
            }
        }
    }
}
