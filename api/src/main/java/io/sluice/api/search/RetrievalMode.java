package io.sluice.api.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Kind of ranking that passages were found by. */
public enum RetrievalMode {
    /** Passages by the words that they share with the question, and by their meaning. */
    HYBRID,
    /** Passages by the words that they share with the question, alone. */
    LEXICAL;

    /** Name in JSON. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
