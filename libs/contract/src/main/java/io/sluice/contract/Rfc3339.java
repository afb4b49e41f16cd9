package io.sluice.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Times as texts. The form that the api writes is read without {@code java.time}'s parser, which takes longer than all else that
 * is decoded of a small record.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339</a>
 */
final class Rfc3339 {

    private static final int SECONDS_END = "2026-01-02T03:04:05".length();
    private static final int MOST_DIGITS = 9;

    private Rfc3339() {}

    /**
     * The instant that a text means.
     *
     * @throws DateTimeException if it means none
     */
    static Instant parse(String text) {
        return isUtc(text) ? parseUtc(text) : OffsetDateTime.parse(text).toInstant();
    }

    /** True for a text like {@code 2026-01-02T03:04:05Z}, with or without up to nine digits of a second's fraction. */
    private static boolean isUtc(String text) {
        int end = text.length() - 1;
        int fraction = end - SECONDS_END - 1;
        return (end == SECONDS_END || (fraction >= 1 && fraction <= MOST_DIGITS && text.charAt(SECONDS_END) == '.'))
                && text.charAt(end) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static Instant parseUtc(String text) {
        LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        int hour = below(24, number(text, 11, 13));
        int minute = below(60, number(text, 14, 16));
        int second = below(60, number(text, 17, SECONDS_END));
        long seconds = date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, nanos(text));
    }

    private static int nanos(String text) {
        int end = text.length() - 1;
        if (end == SECONDS_END) {
            return 0;
        }
        int nanos = number(text, SECONDS_END + 1, end);
        for (int digits = end - SECONDS_END - 1; digits < MOST_DIGITS; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            number = number * 10 + below(10, digit);
        }
        return number;
    }

    private static int below(int bound, int number) {
        if (number < 0 || number >= bound) {
            throw new DateTimeException("not a time as in RFC 3339");
        }
        return number;
    }
}
