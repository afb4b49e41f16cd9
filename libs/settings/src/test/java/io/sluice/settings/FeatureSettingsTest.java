package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureSettingsTest {

    private static FeatureSettings read(String features) {
        return Environment.read(Map.of("FEATURES", features)::get, FeatureSettings::new);
    }

    @Test
    void allFeaturesAreEnabledByDefault() {
        assertThat(Feature.values()).allMatch(read("")::isEnabled);
    }

    @Test
    void whatIsNotNamedIsDisabled() {
        FeatureSettings features = read("messages");

        assertThat(features.isEnabled(Feature.MESSAGES)).isTrue();
        assertThat(features.isEnabled(Feature.DEAD_LETTERS)).isFalse();
    }

    @Test
    void allAndNoneAreThat() {
        assertThat(Feature.values()).allMatch(read("all")::isEnabled);
        assertThat(Feature.values()).noneMatch(read("none")::isEnabled);
    }

    @Test
    void deadLettersNeedMessages() {
        assertThatThrownBy(() -> read("dead-letters"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("add messages, or leave dead-letters out");
    }

    @Test
    void chatNeedsDocuments() {
        assertThatThrownBy(() -> read("chat"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("add documents, or leave chat out");
        assertThat(read("documents,chat").isEnabled(Feature.CHAT)).isTrue();
    }

    @Test
    void aConsumerWithoutMessagesAndWithoutKafkaIsRefused() {
        assertThatThrownBy(() -> Environment.read(Map.of("FEATURES", "none")::get, FeatureSettings::ofConsumer))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(
                        "KAFKA_BOOTSTRAP_SERVERS is not set, so the consumer has nothing to do; leave it out");
    }

    @Test
    void aConsumerWithoutMessagesDrainsTheKafkaThatItIsTold() {
        // Given
        Map<String, String> settings = Map.of("FEATURES", "none", "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092");

        // When
        FeatureSettings features = Environment.read(settings::get, FeatureSettings::ofConsumer);

        // Then
        assertThat(features.isEnabled(Feature.MESSAGES)).isFalse();
    }
}
