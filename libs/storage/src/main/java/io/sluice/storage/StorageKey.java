package io.sluice.storage;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Key of an object. It is used for one object only, and never again after that was deleted: a sweeper that deletes what no row names
 * can then never meet a later upload.
 *
 * @param value segments of {@code a-z}, {@code 0-9}, {@code -}, {@code _} and, but not at the beginning, {@code .}, joined by
 *     {@code /}; the same on every file system, and none leads out of its folder
 */
public record StorageKey(String value) {

    private static final int MAX_LENGTH = 500;
    private static final String SEGMENT = "[a-z0-9_-][a-z0-9._-]{0,99}";
    private static final Pattern FOLDER = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");
    private static final Pattern KEY = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")+");

    /** @throws IllegalArgumentException if it is not such a key */
    public StorageKey {
        if (value.length() > MAX_LENGTH || !KEY.matcher(value).matches()) {
            throw new IllegalArgumentException("not a key of storage");
        }
    }

    /**
     * New key of an object that belongs to someone.
     *
     * @param kind the first segment, such as {@code images}
     * @param owner any text; the key has a hash of it, which can be neither read nor misused as a path
     */
    public static StorageKey unique(String kind, String owner) {
        return new StorageKey(kind + "/" + hash(owner) + "/" + UUID.randomUUID());
    }

    private static String hash(String owner) {
        return HexFormat.of().formatHex(Sha256.newDigest().digest(owner.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /**
     * Checks a folder: the first segments of keys, without a {@code /} at the end.
     *
     * @throws IllegalArgumentException if keys cannot begin so
     */
    static String requireFolder(String folder) {
        if (!FOLDER.matcher(folder).matches()) {
            throw new IllegalArgumentException("not a folder of storage");
        }
        return folder;
    }

    /** True if the text is a key. */
    static boolean isKey(String text) {
        return text.length() <= MAX_LENGTH && KEY.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
