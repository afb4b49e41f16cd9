package io.sluice.api.chat.generative;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Estimate of the tokens of a text. Each model has a tokenizer of its own; in all of them a token is of three bytes of UTF-8 or more in nearly all
 * texts: of English four or five, of Chinese three.
 */
final class TokenEstimate {

    private static final int BYTES = 3;

    private TokenEstimate() {}

    /** Tokens that a text has, or somewhat more. */
    static int of(String text) {
        return (text.getBytes(UTF_8).length + BYTES - 1) / BYTES;
    }
}
