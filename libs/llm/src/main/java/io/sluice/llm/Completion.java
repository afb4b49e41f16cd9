package io.sluice.llm;

/**
 * End of an answer.
 *
 * @param provider that gave it, in lower case, such as {@code groq}
 * @param model that gave it, which is another one than {@link LanguageModel#name()} where the fallback did
 * @param reason why it ended
 * @param usage tokens that it took
 */
public record Completion(String provider, String model, Reason reason, Usage usage) {

    /** Reasons why an answer ends. */
    public enum Reason {
        /** The answer is complete. */
        STOP,
        /** The answer has as many tokens as the prompt allows, or as the model can: its last sentence may lack its end. */
        LENGTH,
        /** The provider withheld the answer, or the rest of it, for what it says. */
        FILTERED
    }

    /**
     * Tokens of an answer as its provider counts them; 0 where it does not say.
     *
     * @param inputTokens of the prompt
     * @param outputTokens of the answer
     */
    public record Usage(int inputTokens, int outputTokens) {}
}
