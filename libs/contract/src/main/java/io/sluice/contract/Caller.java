package io.sluice.contract;

import org.jspecify.annotations.Nullable;

/**
 * Sender of events: the text that goes along with them as {@link EventHeader#CALLER} and is part of what an
 * {@code Idempotency-Key} means and of the fingerprint.
 */
public final class Caller {

    /** The longest subject, in bytes of UTF-8. */
    public static final int MAX_SUBJECT_BYTES = 256;

    /** The longest issuer, in bytes of UTF-8. With the longest subject, escaped, it is {@link EventLimits#MAX_CALLER_BYTES}. */
    public static final int MAX_ISSUER_BYTES = 255;

    private Caller() {}

    /**
     * The caller with a token: {@code issuer/subject}, or {@code /subject} of a token without an issuer. What stands behind the last
     * slash is the subject, in which {@code %} and {@code /} are percent-encoded; so no two callers have the same text, and none
     * that of {@link Event#ANONYMOUS}.
     *
     * @throws IllegalArgumentException if the subject or the issuer is empty, too long, or not a text; the message names the claim
     */
    public static String of(@Nullable String issuer, String subject) {
        check("sub", subject, MAX_SUBJECT_BYTES);
        if (issuer != null) {
            check("iss", issuer, MAX_ISSUER_BYTES);
        }
        return (issuer == null ? "" : issuer)
                + '/'
                + subject.replace("%", "%25").replace("/", "%2F");
    }

    private static void check(String claim, String value, int maxBytes) {
        String violation = EventLimits.violation(value, maxBytes);
        if (violation != null) {
            throw new IllegalArgumentException("the claim " + claim + " " + violation);
        }
    }
}
