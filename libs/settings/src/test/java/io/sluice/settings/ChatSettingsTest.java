package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatSettingsTest {

    private static ChatSettings read(Map<String, String> variables) {
        return Environment.read(variables::get, ChatSettings::new);
    }

    @Test
    void byDefaultNoRulesAreAdded() {
        assertThat(read(Map.of()).isHealthcare()).isFalse();
        assertThat(read(Map.of()).emergencyPhrases()).isEmpty();
    }

    @Test
    void furtherPhrasesBelongToTheProfile() {
        ChatSettings settings = read(Map.of(
                "CHAT_PROFILE", "Healthcare", "CHAT_EMERGENCY_PHRASES", "snake bite/bites, electric shock*,can't see"));

        assertThat(settings.isHealthcare()).isTrue();
        assertThat(settings.emergencyPhrases()).containsExactly("snake bite/bites", "electric shock*", "can't see");
        assertThatThrownBy(() -> read(Map.of("CHAT_EMERGENCY_PHRASES", "shock")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("set CHAT_PROFILE to healthcare");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "shock,", "shock, ,bite", "a(b", "schlaflos größer", "*", "a|b", "_"})
    void whatIsNoPhraseIsRefused(String phrases) {
        assertThatThrownBy(() -> read(Map.of("CHAT_PROFILE", "healthcare", "CHAT_EMERGENCY_PHRASES", phrases)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("CHAT_EMERGENCY_PHRASES must be nothing, or phrases");
    }
}
