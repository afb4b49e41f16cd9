package io.sluice.api.messages.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A request to erase.
 *
 * @param id of its row in the table {@code erasures}
 * @param key of the events
 * @param caller who erases
 */
record Erasure(UUID id, String key, String caller) {

    /** SHA-256 of the key in UTF-8, 32 bytes, by which it is known afterwards. */
    byte[] keySha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
