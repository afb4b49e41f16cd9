package io.sluice.llm;

import java.time.Duration;
import java.util.Optional;

/**
 * Failure of an answer.
 *
 * @param kind of failure
 * @param detail for logs: names the provider and the status of its response, never the key, nor text of the prompt or the answer
 * @param retryAfter for which the same prompt will fail again; empty where that is not known
 */
public record ModelFailure(Kind kind, String detail, Optional<Duration> retryAfter) {

    /** Kinds of failures. */
    public enum Kind {
        /** The provider cannot be reached, fails by itself, or was not asked because it has failed too often of late. */
        UNAVAILABLE,
        /** The provider has too much to do, or the limit of requests or tokens is used up for now. */
        OVERLOADED,
        /** The first token, or the end of the answer, did not come in time. */
        TIMEOUT,
        /** The provider refuses the key, or the key may not use the model: the settings have to be changed, not the prompt. */
        REFUSED,
        /** The prompt has more tokens than the model takes. */
        TOO_LONG,
        /** The stream ended without the provider's word that the answer is complete. */
        CUT,
        /** The provider takes the request for a wrong one, or gives an answer that cannot be read. */
        PROTOCOL
    }
}
