package io.sluice.api.deadletters;

import java.util.Locale;

/** The state of a dead letter. */
enum State {
    /** It has failed, and waits for somebody. */
    OPEN,
    /** It was sent again, and has neither failed again nor been stored yet. */
    REDRIVEN,
    /** Its event is stored, or somebody has put it away. */
    RESOLVED;

    /** The name in the table and in the api. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
