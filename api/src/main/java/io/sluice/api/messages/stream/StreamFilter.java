package io.sluice.api.messages.stream;

import io.sluice.contract.Event;
import org.jspecify.annotations.Nullable;

/**
 * The events that a reader is shown.
 *
 * @param key only those with this key, or {@code null} for all
 * @param type only those of this type, or {@code null} for all
 * @param subject only those with this subject, or {@code null} for all
 * @param caller who reads: events of features are shown to their owner alone
 */
record StreamFilter(@Nullable String key, @Nullable String type, @Nullable String subject, String caller) {

    boolean shows(Event event) {
        return (key == null || key.equals(event.key()))
                && (type == null || type.equals(event.type()))
                && (subject == null || subject.equals(event.subject()))
                && (!event.isOfFeature() || caller.equals(event.owner()));
    }
}
