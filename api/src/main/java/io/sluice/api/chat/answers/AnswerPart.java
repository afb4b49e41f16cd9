package io.sluice.api.chat.answers;

/** A part of an answer behind its {@link Opening}: pieces of its text in their order, and the end. An answer without an end is none. */
public sealed interface AnswerPart {

    /** A piece of its text, not empty. */
    record Delta(String text) implements AnswerPart {}

    /**
     * The end of an answer that is whole.
     *
     * @param found false if the documents do not answer the question
     */
    record Done(boolean found, AnswerMode mode) implements AnswerPart {}
}
