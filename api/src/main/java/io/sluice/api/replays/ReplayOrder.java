package io.sluice.api.replays;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contract.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Events that are to be sent again.
 *
 * @param since when they were stored at the earliest, in microseconds, or {@code null}
 * @param until before when they were stored; {@code null} and any later time stand for now
 * @param key of all of them, or {@code null} for any
 * @param type of all of them, or {@code null} for any
 * @param handler that is called with them, or {@code null} if they are sent to the topic
 */
record ReplayOrder(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String key,
        @Nullable String type,
        @Nullable String handler) {

    /** SHA-256 of the key in UTF-8, 32 bytes, by which it is known afterwards; {@code null} without a key. */
    byte @Nullable [] keySha256() {
        if (key == null) {
            return null;
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Fingerprint, the same for two orders of one caller that are the same order. */
    Fingerprint fingerprint(String owner) {
        return Fingerprint.of(owner, "replay", key, type, (since + "/" + until + "/" + handler).getBytes(UTF_8));
    }
}
