package io.sluice.llm;

/**
 * Listener to one answer: any number of texts, and then either its end or its failure, exactly once. One call follows the other, each
 * seeing what the one before it wrote. A call may block for as long as whoever reads the answer is slow: the model is then read no faster.
 * An exception gives the answer up, as {@link LanguageModel.Call#cancel()} does.
 */
public interface AnswerListener {

    /** Takes the next part of the text, never empty. Its ends may be anywhere in a word, but never within a code point. */
    void onText(String delta);

    /** Takes the end. The provider has said that the answer is complete, or why it is not. */
    void onEnd(Completion completion);

    /** Takes the failure. Whatever text there was before it is not a complete answer. */
    void onFailure(ModelFailure failure);
}
