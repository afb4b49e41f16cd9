package io.sluice.api.chat.answers;

import io.sluice.api.chat.generative.Turn;
import java.util.List;
import java.util.UUID;

/**
 * A question, and who asks it.
 *
 * @param caller name of who asks, in full
 * @param question to be searched for as it is
 * @param documents in which is looked; all that the caller can read if empty
 * @param history what was said before, the oldest turn first; a language model is given as much of it as fits
 */
public record Inquiry(String caller, String question, List<UUID> documents, List<Turn> history) {

    /** One that nothing was said before. */
    public Inquiry(String caller, String question, List<UUID> documents) {
        this(caller, question, documents, List.of());
    }
}
