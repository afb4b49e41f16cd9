package io.sluice.api.chat;

import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Opening;
import io.sluice.api.chat.answers.Source;
import io.sluice.api.search.RetrievalMode;
import java.util.List;

/**
 * An answer that is whole.
 *
 * @param answer refers to sources by their numbers, as {@code [1]}
 * @param found false if the documents do not answer the question
 */
record ChatAnswer(String answer, boolean found, AnswerMode mode, RetrievalMode retrieval, List<Source> sources) {

    static ChatAnswer of(Opening opening, List<AnswerPart> parts) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        for (AnswerPart part : parts) {
            if (part instanceof AnswerPart.Delta delta) {
                text.append(delta.text());
            } else if (part instanceof AnswerPart.Done done) {
                found = done.found();
            }
        }
        return new ChatAnswer(text.toString(), found, opening.mode(), opening.retrieval(), opening.sources());
    }
}
