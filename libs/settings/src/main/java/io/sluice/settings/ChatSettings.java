package io.sluice.settings;

import java.util.Arrays;
import java.util.List;

/** Rules for answers beside those that hold for all. */
public final class ChatSettings {

    private final boolean healthcare;
    private final List<String> emergencyPhrases;

    /** Reads them. */
    public ChatSettings(Environment environment) {
        healthcare = environment.text(Setting.CHAT_PROFILE).equalsIgnoreCase("healthcare");
        emergencyPhrases = environment
                .optional(Setting.CHAT_EMERGENCY_PHRASES)
                .map(phrases ->
                        Arrays.stream(phrases.split(",")).map(String::strip).toList())
                .orElse(List.of());
        if (!healthcare && !emergencyPhrases.isEmpty() && environment.areRight(List.of(Setting.CHAT_PROFILE))) {
            environment.conflict(
                    "CHAT_EMERGENCY_PHRASES is set, and nothing is looked for them; set CHAT_PROFILE to healthcare, or leave them out");
        }
    }

    /** True if questions are about health. */
    public boolean isHealthcare() {
        return healthcare;
    }

    /** Phrases that sound like an emergency, beside those that the program knows. */
    public List<String> emergencyPhrases() {
        return emergencyPhrases;
    }
}
