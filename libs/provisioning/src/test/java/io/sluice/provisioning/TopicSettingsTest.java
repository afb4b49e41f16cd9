package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicSettingsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "5, 4"})
    void lettingOneBrokerBeAway(int replicationFactor, String minInSyncReplicas) {
        // When
        Map<String, String> settings = TopicSettings.of(Topic.MESSAGES, Duration.ofDays(30), replicationFactor);

        // Then
        assertThat(settings).containsEntry("min.insync.replicas", minInSyncReplicas);
    }
}
