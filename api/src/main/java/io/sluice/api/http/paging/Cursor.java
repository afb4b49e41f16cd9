package io.sluice.api.http.paging;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.contract.Fingerprint;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * The end of a page of a list, behind which the next one begins. Clients get it as an opaque text that holds for the filter it was made
 * with.
 *
 * @param position of the page's last row, by what the list is sorted by; microseconds since 1970 where that is a time
 * @param seq of the page's last row, which orders rows of one position
 */
public record Cursor(long position, long seq) {

    private static final byte VERSION = 1;
    private static final int FILTER_BYTES = 8;
    private static final int SIZE = 1 + Long.BYTES + Long.BYTES + FILTER_BYTES;

    /** The end of a page that is sorted by time, in microseconds. */
    public Cursor(Instant storedAt, long seq) {
        this(ChronoUnit.MICROS.between(Instant.EPOCH, storedAt), seq);
    }

    /** The position of a page that is sorted by time; 1970 where a client has made up an earlier one, which PostgreSQL may not have. */
    public Instant storedAt() {
        return Instant.EPOCH.plus(Math.max(0, position), ChronoUnit.MICROS);
    }

    /**
     * The text for clients.
     *
     * @param filter tells the list from those with other filters
     */
    public String encode(Fingerprint filter) {
        byte[] bytes = ByteBuffer.allocate(SIZE)
                .put(VERSION)
                .putLong(position)
                .putLong(seq)
                .put(filter.bytes(), 0, FILTER_BYTES)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The cursor of a text that a client sent.
     *
     * @param filter tells the list from those with other filters
     * @param filters what one can filter by, for people
     * @throws ProblemException if it is not one, or was made with another filter
     */
    public static Cursor decode(String text, Fingerprint filter, String filters) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(text));
        if (bytes.remaining() != SIZE || bytes.get() != VERSION) {
            throw invalid("must be the cursor of a page, as it was given");
        }
        Cursor cursor = new Cursor(bytes.getLong(), bytes.getLong());
        if (!bytes.equals(ByteBuffer.wrap(filter.bytes(), 0, FILTER_BYTES))) {
            throw invalid("belongs to a list with another " + filters + "; begin that list anew, without a cursor");
        }
        return cursor;
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static ProblemException invalid(String detail) {
        return ProblemException.invalid(Violation.inQuery("cursor", detail));
    }
}
