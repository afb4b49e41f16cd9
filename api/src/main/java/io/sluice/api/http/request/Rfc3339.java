package io.sluice.api.http.request;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as clients write them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339</a>
 */
public final class Rfc3339 {

    /** The local time, and the sign, hours and minutes of its offset, unless that is {@code Z}. */
    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)(?:Z|([+-])([01]\\d|2[0-3]):([0-5]\\d))",
            Pattern.CASE_INSENSITIVE);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    /** The last microsecond of four-digit years: the database keeps no part of one. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Rfc3339() {}

    /**
     * The instant of a text; empty if it is no time. An offset may lead out of the years of four digits: the first or the last instant of
     * these stands for what lies beyond, so that each can be written in UTC again.
     */
    public static Optional<Instant> parse(String text) {
        Matcher time = DATE_TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            Instant instant =
                    LocalDateTime.parse(time.group(1)).toInstant(ZoneOffset.UTC).minus(offset(time));
            return Optional.of(instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant);
        } catch (DateTimeException e) {
            // As the 31st of February.
            return Optional.empty();
        }
    }

    /** Java's own offsets end at 18 hours, and those of RFC 3339 a minute before 24. */
    private static Duration offset(Matcher time) {
        String sign = time.group(2);
        return sign == null
                ? Duration.ZERO
                : Duration.parse("PT%1$s%2$sH%1$s%3$sM".formatted(sign, time.group(3), time.group(4)));
    }
}
