package io.sluice.api.messages.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The fates of an event that was answered with 202. */
public enum Fate {
    /** It was a dead letter, and was sent again; it is on its way. */
    ACCEPTED,
    /** It is stored. */
    STORED,
    /** Another event is stored under its id, and it is a dead letter. */
    DUPLICATE,
    /** It could not be stored, and is a dead letter. */
    DEAD_LETTER;

    /** The name that clients know. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
