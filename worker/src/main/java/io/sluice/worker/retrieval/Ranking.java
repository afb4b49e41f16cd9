package io.sluice.worker.retrieval;

import com.fasterxml.jackson.annotation.JsonValue;
import io.sluice.retrieval.RankedPassage;
import java.util.List;
import java.util.Locale;

/**
 * Answer to a question.
 *
 * @param retrieval how passages were ranked
 * @param passages the best first
 */
record Ranking(Mode retrieval, List<RankedPassage> passages) {

    /** Kind of ranking. */
    enum Mode {
        /** Passages by words and meaning. */
        HYBRID,
        /** Passages by words alone. */
        LEXICAL;

        /** Name in JSON. */
        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
