package io.sluice.documents;

import java.util.function.ToIntFunction;

/**
 * Bound of a passage in tokens of the model that embeds it, so that no end of a passage is cut off there. It holds beside the bounds in words and in
 * characters.
 *
 * @param maxTokens most tokens of a passage, by this count; at least {@link #MIN_TOKENS}
 * @param tokens counts the tokens of a text. Both counts have the marks that a model puts around a text, or neither has
 */
public record PassageSize(int maxTokens, ToIntFunction<String> tokens) {

    /** Least bound: room for a single character in every tokenizer. */
    public static final int MIN_TOKENS = 16;

    public PassageSize {
        if (maxTokens < MIN_TOKENS) {
            throw new IllegalArgumentException("at least %d tokens, not %d".formatted(MIN_TOKENS, maxTokens));
        }
    }

    boolean allows(String text) {
        return tokens.applyAsInt(text) <= maxTokens;
    }
}
