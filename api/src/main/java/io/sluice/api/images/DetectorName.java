package io.sluice.api.images;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Detectors that can be asked for. Whether the worker has one, it alone knows. */
enum DetectorName {
    /** The worker's own. */
    BUILTIN,
    /** A model on a server that speaks KServe's protocols. */
    KSERVE;

    /** The name in JSON, and in the column. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
