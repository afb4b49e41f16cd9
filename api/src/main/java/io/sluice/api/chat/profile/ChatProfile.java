package io.sluice.api.chat.profile;

import io.sluice.settings.ChatSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules for answers beside those that hold for all: {@code CHAT_PROFILE}. */
@Singleton
public class ChatProfile {

    /** The notice that each answer about health has beside its text. */
    public static final String DISCLAIMER =
            "This is general information from documents, and no medical advice. Ask a doctor or a pharmacist before you act on it.";

    private final @Nullable EmergencyCheck emergencies;

    ChatProfile(ChatSettings settings) {
        emergencies = settings.isHealthcare() ? new EmergencyCheck(settings.emergencyPhrases()) : null;
    }

    /** Answer to a question that sounds like an emergency; empty if it does not, or if nobody looks for that. */
    public Optional<String> emergency(String question) {
        return emergencies == null ? Optional.empty() : emergencies.answer(question);
    }

    /**
     * Filter of what a language model writes of doses; empty if nobody filters it.
     *
     * @param sources texts that it was given, in the order of their numbers
     */
    public Optional<DoseFilter> doses(List<String> sources) {
        return emergencies == null ? Optional.empty() : Optional.of(new DoseFilter(new DoseQuotations(sources)));
    }

    /** Text that belongs to each answer; {@code null} for none. */
    public @Nullable String disclaimer() {
        return emergencies == null ? null : DISCLAIMER;
    }
}
