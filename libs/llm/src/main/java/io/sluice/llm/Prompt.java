package io.sluice.llm;

import java.util.List;

/**
 * Input of a language model.
 *
 * @param system instructions, or an empty text for none
 * @param turns of the conversation, the oldest first; the last one is the user's
 * @param maximumTokens of the answer, from 1 on
 * @param temperature of sampling, from 0 to 1
 */
public record Prompt(String system, List<Turn> turns, int maximumTokens, double temperature) {

    /** Takes a copy of the turns. */
    public Prompt {
        turns = List.copyOf(turns);
        if (turns.isEmpty() || turns.get(turns.size() - 1).role() != Role.USER) {
            throw new IllegalArgumentException("The last turn must be the user's");
        }
        if (maximumTokens < 1) {
            throw new IllegalArgumentException("At least one token must be allowed, not " + maximumTokens);
        }
        if (!(temperature >= 0 && temperature <= 1)) {
            throw new IllegalArgumentException("The temperature must be from 0 to 1, not " + temperature);
        }
    }

    /**
     * A turn of a conversation.
     *
     * @param role of whoever said it
     * @param text that was said
     */
    public record Turn(Role role, String text) {

        /** Says how long it is, not what it says: that is not for logs. */
        @Override
        public String toString() {
            return "Turn[role=%s, %d characters]".formatted(role, text.length());
        }
    }

    /** Roles in a conversation. */
    public enum Role {
        /** Whoever asks. */
        USER,
        /** The model. */
        ASSISTANT
    }

    /** Says how long it is, not what it says: that is not for logs. */
    @Override
    public String toString() {
        return "Prompt[system=%d characters, turns=%s, maximumTokens=%d, temperature=%s]"
                .formatted(system.length(), turns, maximumTokens, temperature);
    }
}
