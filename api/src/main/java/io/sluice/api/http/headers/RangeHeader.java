package io.sluice.api.http.headers;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of bytes that a client asks for; several at once, and what is no range, are passed over, as the RFC allows.
 *
 * @param first index of the first byte, or {@code null} where the last ones are asked for
 * @param last index of the last byte, or the number of the last bytes; {@code null} for all from the first on
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.2">RFC 9110, section 14.2</a>
 */
public record RangeHeader(@Nullable Long first, @Nullable Long last) {

    private static final Pattern ONE = Pattern.compile("(?i)bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** Bytes from the first to the last one, by their indexes. */
    public record Bytes(long first, long last) {

        /** The number of bytes. */
        public long length() {
            return last - first + 1;
        }
    }

    /** The range of a request, unless {@code If-Range} has another tag than this one. */
    public static Optional<RangeHeader> of(MultiMap headers, EntityTag current) {
        List<String> ranges = headers.getAll("Range");
        String onlyIf = headers.get("If-Range");
        if (ranges.size() != 1 || (onlyIf != null && !onlyIf.strip().equals(current.toString()))) {
            return Optional.empty();
        }
        Matcher range = ONE.matcher(ranges.get(0));
        if (!range.matches()) {
            return Optional.empty();
        }
        Long first = number(range.group(1));
        Long last = number(range.group(2));
        boolean isNone = first == null ? last == null : last != null && last < first;
        return isNone ? Optional.empty() : Optional.of(new RangeHeader(first, last));
    }

    private static @Nullable Long number(String digits) {
        return digits.isEmpty() ? null : Long.valueOf(digits);
    }

    /**
     * The bytes of it that there are.
     *
     * @param length number of bytes in all
     * @throws ProblemException {@link ProblemCode#RANGE_NOT_SATISFIABLE} if it has none of them
     */
    public Bytes within(long length) {
        long from = first != null ? first : last == null ? 0 : Math.max(0, length - last);
        long to = first == null || last == null ? length - 1 : Math.min(last, length - 1);
        if (from > to) {
            throw ProblemException.of(
                            ProblemCode.RANGE_NOT_SATISFIABLE,
                            "There are %d bytes; ask for some of them, as in Range: bytes=0-1023.".formatted(length))
                    .with("Content-Range", "bytes */" + length);
        }
        return new Bytes(from, to);
    }
}
