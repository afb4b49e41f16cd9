package io.sluice.api.messages;

import io.sluice.contract.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a list shows.
 *
 * @param key only those with this key, or {@code null} for all
 * @param subject only those with this subject, or {@code null} for all
 */
record Filter(@Nullable String key, @Nullable String subject) {

    /** What a cursor is bound to. */
    Fingerprint fingerprint() {
        return Fingerprint.of("", "", key, subject, new byte[0]);
    }
}
