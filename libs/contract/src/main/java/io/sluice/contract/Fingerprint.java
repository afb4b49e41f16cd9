package io.sluice.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Content of an event in 32 bytes: SHA-256 over the length-prefixed caller, type, key and subject and the payload's exact
 * bytes. The time is not part of it, so that an event sent again is the same event.
 */
public final class Fingerprint {

    private final byte[] sha256;

    private Fingerprint(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** Computes the fingerprint of an event of these parts. */
    public static Fingerprint of(
            String caller, String type, @Nullable String key, @Nullable String subject, byte[] payload) {
        MessageDigest digest = sha256();
        digest.update(LengthPrefixed.join(caller, type, key, subject));
        return new Fingerprint(digest.digest(payload));
    }

    /**
     * A fingerprint read from the table.
     *
     * @param sha256 32 bytes
     */
    public static Fingerprint ofBytes(byte[] sha256) {
        return new Fingerprint(sha256.clone());
    }

    /** The 32 bytes, to be stored. */
    public byte[] bytes() {
        return sha256.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint that && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
