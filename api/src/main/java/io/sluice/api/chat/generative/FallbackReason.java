package io.sluice.api.chat.generative;

import com.fasterxml.jackson.annotation.JsonValue;
import io.sluice.llm.ModelFailure;
import java.util.Locale;

/** Reason why an answer is not what the language model has written. */
public enum FallbackReason {
    /** No provider gave an answer, or none to its end: it is away, refuses the key, or does not speak its protocol. */
    UNAVAILABLE,
    /** The provider has too much to do, or its limit of requests or tokens is used up. */
    OVERLOADED,
    /** The answer did not begin, or did not end, in its time. */
    TIMEOUT,
    /** The provider withheld the answer, or the rest of it, for what it says. */
    WITHHELD,
    /** The answer cites no source, so that nothing says where it comes from. */
    UNCITED;

    static FallbackReason of(ModelFailure failure) {
        return switch (failure.kind()) {
            case OVERLOADED -> OVERLOADED;
            case TIMEOUT -> TIMEOUT;
            case UNAVAILABLE, REFUSED, TOO_LONG, CUT, PROTOCOL -> UNAVAILABLE;
        };
    }

    /** Name in JSON and metrics. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
