package io.sluice.api.chat.answers;

import java.util.List;
import java.util.UUID;

/**
 * A question, and who asks it.
 *
 * @param caller name of who asks, in full
 * @param context what was said before, as far as the question leaves something to it; empty if it makes sense by itself
 * @param documents in which is looked; all that the caller can read if empty
 */
public record Inquiry(String caller, String question, String context, List<UUID> documents) {

    /** Longest question of a search, in UTF-16 code units. */
    private static final int MAX_SEARCHED = 2_000;

    /** What is searched for: without the context where both together would be too long. */
    String searched() {
        return context.isEmpty() || question.length() + context.length() >= MAX_SEARCHED
                ? question
                : question + "\n" + context;
    }
}
