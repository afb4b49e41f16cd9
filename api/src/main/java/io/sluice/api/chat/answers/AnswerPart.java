package io.sluice.api.chat.answers;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A part of an answer behind its {@link Opening}: pieces of its text in their order, and the end. An answer without an end is none. */
public sealed interface AnswerPart {

    /** A piece of its text, not empty. */
    record Delta(String text) implements AnswerPart {}

    /**
     * The end of an answer that is whole.
     *
     * @param found false if the documents do not answer the question
     * @param sessionId session that it was stored in, or {@code null} if in none
     * @param turn its number there, from 1 on, or {@code null}
     */
    record Done(boolean found, AnswerMode mode, @Nullable UUID sessionId, @Nullable Integer turn)
            implements AnswerPart {}
}
