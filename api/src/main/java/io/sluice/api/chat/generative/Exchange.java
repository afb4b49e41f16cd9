package io.sluice.api.chat.generative;

/**
 * A question that was asked before in the same conversation, and its answer.
 *
 * @param answer may cite sources by numbers that mean nothing any more
 */
public record Exchange(String question, String answer) {

    /** Says how long it is, not what it says: that is not for logs. */
    @Override
    public String toString() {
        return "Exchange[%d, %d characters]".formatted(question.length(), answer.length());
    }
}
