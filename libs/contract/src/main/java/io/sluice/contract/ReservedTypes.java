package io.sluice.contract;

import java.util.List;

/** Types of events that features alone write: no client can post one, or have one sent again as a new event. */
public final class ReservedTypes {

    /** Beginnings of the reserved types, one for each feature, those to come included. */
    public static final List<String> PREFIXES = List.of("task.", "image.", "document.");

    private ReservedTypes() {}

    /** True if this type is one of a feature's. */
    public static boolean contains(String type) {
        for (String prefix : PREFIXES) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
