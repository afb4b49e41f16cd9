package io.sluice.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Feature of the platform that a deployment may do without. */
public enum Feature {
    /** Events are taken, stored and read. Needs Kafka. */
    MESSAGES,
    /** Events that could not be stored are shown and sent again. Needs {@link #MESSAGES}. */
    DEAD_LETTERS,
    /** Tasks of one's own. Their events are published if there are {@link #MESSAGES}. */
    TASKS,
    /**
     * Images of one's own, and the circular objects in them, which the worker finds. Their events are published if there are {@link
     * #MESSAGES}.
     */
    IMAGES,
    /**
     * Documents of one's own, and the passages in them, which the worker reads. Their events are published if there are {@link #MESSAGES}.
     */
    DOCUMENTS,
    /** Questions that are answered from {@link #DOCUMENTS}, which it needs. */
    CHAT;

    /** Name in {@code FEATURES}: lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All names, in the order of the enum. */
    static List<String> names() {
        return Stream.of(values()).map(Feature::toString).toList();
    }
}
