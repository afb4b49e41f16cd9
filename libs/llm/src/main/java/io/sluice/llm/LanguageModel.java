package io.sluice.llm;

/** A language model that streams its answers. It is safe for use by any number of threads. */
public interface LanguageModel {

    /** Name of the model that is asked first, as its provider has it, such as {@code llama-3.3-70b-versatile}. */
    String name();

    /**
     * Begins an answer, and returns without waiting for any of it.
     *
     * @param listener is told the answer, on a thread of the model's
     */
    Call stream(Prompt prompt, AnswerListener listener);

    /** An answer that is on its way. */
    interface Call {

        /**
         * Gives the answer up, and closes the connection that it comes by. The listener is told nothing more, but for a call to it that
         * has begun. It does nothing if the answer has ended, or is given up already.
         */
        void cancel();
    }
}
