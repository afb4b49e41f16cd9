package io.sluice.api.documents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Callers that can read a document. */
enum Visibility {
    /** Its owner. */
    PRIVATE,
    /** Every caller whom the same issuer has named. */
    SHARED;

    /** The visibility of this name. */
    static Visibility of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Name in the table and in JSON. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
