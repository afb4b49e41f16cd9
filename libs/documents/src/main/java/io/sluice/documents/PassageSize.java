package io.sluice.documents;

import java.util.function.ToIntFunction;

/**
 * Bound of a passage by what a model reads.
 *
 * @param maxTokens most tokens of a passage, at least {@link #MIN_TOKENS}
 * @param tokens counts the tokens of a text, with those that a model adds
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
