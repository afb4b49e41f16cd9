package io.sluice.contract;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of W3C Trace Context.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context, section 3.2</a>
 */
public final class Traceparent {

    private static final Pattern VALID =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** The value itself if it is valid; a receiver has to go on without an invalid one. */
    public static @Nullable String validOrNull(@Nullable String value) {
        return value != null && VALID.matcher(value).matches() ? value : null;
    }

    /** The trace's id in a valid value: 32 hexadecimal digits. */
    public static String traceId(String traceparent) {
        return traceparent.substring(3, 35);
    }
}
