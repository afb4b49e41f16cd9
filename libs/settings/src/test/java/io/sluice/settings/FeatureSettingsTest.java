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
}
