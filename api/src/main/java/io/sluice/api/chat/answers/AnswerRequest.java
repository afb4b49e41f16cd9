package io.sluice.api.chat.answers;

import io.sluice.api.chat.generative.Exchange;
import java.util.List;
import java.util.UUID;

/**
 * A request for an answer: the question, who asks it, and what was said before.
 *
 * @param caller name of who asks, in full
 * @param documents in which is looked; all that the caller can read if empty
 * @param context earlier questions that it leaves something to, the last one first; none if it makes sense by itself
 * @param history what was said before, the first one first, without what rests on documents that are gone or may not be read any more; a language
 *     model is given as much of it as fits
 */
public record AnswerRequest(
        String caller, String question, List<UUID> documents, List<String> context, List<Exchange> history) {

    /** Longest question of a search, in UTF-16 code units. */
    private static final int MAX_SEARCHED = 2_000;

    /** A request before which nothing was said. */
    public AnswerRequest(String caller, String question, List<UUID> documents) {
        this(caller, question, documents, List.of(), List.of());
    }

    /** The same request in a conversation. */
    public AnswerRequest after(List<String> context, List<Exchange> history) {
        return new AnswerRequest(caller, question, documents, context, history);
    }

    /** Text to search for: the question and its context, as much of it as a search may be long. */
    String searched() {
        StringBuilder searched = new StringBuilder(question);
        for (String earlier : context) {
            if (searched.length() + earlier.length() >= MAX_SEARCHED) {
                break;
            }
            searched.append('\n').append(earlier);
        }
        return searched.toString();
    }
}
