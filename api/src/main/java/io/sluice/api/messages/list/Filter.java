package io.sluice.api.messages.list;

import io.sluice.contract.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A filter for messages.
 *
 * @param key only those with this key, or {@code null} for all
 * @param subject only those with this subject, or {@code null} for all
 */
public record Filter(@Nullable String key, @Nullable String subject) {

    /** The fingerprint that a cursor is bound to. */
    public Fingerprint fingerprint() {
        return Fingerprint.of("", "", key, subject, new byte[0]);
    }
}
