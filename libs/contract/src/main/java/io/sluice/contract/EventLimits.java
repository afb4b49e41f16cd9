package io.sluice.contract;

import org.jspecify.annotations.Nullable;

/** The bounds of an event. They nest: whatever the api accepts fits on both topics and in the table. */
public final class EventLimits {

    /** The largest payload, in bytes: 1 MiB. */
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /** The longest {@code type}, {@code key}, {@code subject} and {@code Idempotency-Key}, in bytes of UTF-8. */
    public static final int MAX_ATTRIBUTE_BYTES = 256;

    /** The longest caller and owner, in bytes of UTF-8: a token's issuer and its subject. */
    public static final int MAX_CALLER_BYTES = 1024;

    /** Depth to which a payload's arrays and objects may nest; a scalar has depth 0. */
    public static final int MAX_NESTING = 500;

    private EventLimits() {}

    /**
     * Says what is wrong with a text that is to be an attribute of an event.
     *
     * @return what the text must be instead, to be put behind its name, or {@code null} if nothing is wrong with it
     */
    public static @Nullable String violation(String attribute) {
        return violation(attribute, MAX_ATTRIBUTE_BYTES);
    }

    static @Nullable String violation(String attribute, int maxBytes) {
        if (attribute.isEmpty()) {
            return "must not be empty; leave it out instead";
        }
        int bytes = 0;
        for (int i = 0; i < attribute.length(); ) {
            int codePoint = attribute.codePointAt(i);
            if (Character.isISOControl(codePoint)) {
                return "must not contain control characters, but has U+%04X".formatted(codePoint);
            }
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return "must not contain half of a surrogate pair, but has U+%04X".formatted(codePoint);
            }
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            i += Character.charCount(codePoint);
        }
        return bytes <= maxBytes ? null : "must have at most %d bytes in UTF-8, but has %d".formatted(maxBytes, bytes);
    }
}
