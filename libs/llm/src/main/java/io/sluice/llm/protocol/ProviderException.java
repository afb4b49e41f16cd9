package io.sluice.llm.protocol;

import io.sluice.llm.ModelFailure;
import io.sluice.llm.ModelFailure.Kind;
import java.time.Duration;
import java.util.Optional;

/** Error of a provider. Its message is a predicate to be put behind the provider's name, and quotes nothing. */
public final class ProviderException extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    ProviderException(Kind kind, String predicate) {
        this(kind, predicate, Optional.empty());
    }

    ProviderException(Kind kind, String predicate, Optional<Duration> retryAfter) {
        super(predicate, null, false, false);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** The failure of an answer that it is, by the provider of the name. */
    public ModelFailure failure(String provider) {
        return new ModelFailure(kind, provider + " " + getMessage(), retryAfter);
    }
}
