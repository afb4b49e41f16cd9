package io.sluice.api.requests;

import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.stream.Stream;

/** Cursors that were made, cut, mixed up and tampered with. */
final class CursorCases {

    /** Of the list with the key {@code order-42} and the subject {@code orders}. */
    private static final String CURSOR = "AQAGR172V081AAAAAAAAACorpsodUEKpjQ";

    private static final String FILTERS = "key=order-42&subject=orders";

    private static final int STORED_AT = 1;
    private static final int SEQ = 9;
    private static final int DIGEST = 17;

    private CursorCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                list(FILTERS, CURSOR).gets(200),
                list(FILTERS + "&limit=1", CURSOR).gets(200),
                list(FILTERS, changed(STORED_AT, 0)).gets(200),
                list(FILTERS, changed(STORED_AT, Long.MIN_VALUE)).gets(200),
                list(FILTERS, changed(STORED_AT, Long.MAX_VALUE)).gets(200),
                list(FILTERS, changed(SEQ, -1)).gets(200),
                isOfOther("key=order-42", CURSOR),
                isOfOther("subject=orders", CURSOR),
                isOfOther("key=orders&subject=order-42", CURSOR),
                isOfOther("limit=1", CURSOR),
                isOfOther(FILTERS + "&order=asc", CURSOR),
                isOfOther(FILTERS + "&type=orders", CURSOR),
                isOfOther(FILTERS + "&since=2026-01-02T03:04:05Z", CURSOR),
                isOfOther(FILTERS, with(DIGEST, 0)),
                isNone(""),
                isNone("x"),
                isNone("AQ"),
                isNone("next"),
                isNone("%00"),
                isNone("%C3%A4"),
                isNone("not+base64!"),
                isNone("1700000000000"),
                isNone(CURSOR.substring(1)),
                isNone(CURSOR.substring(0, CURSOR.length() - 1)),
                isNone(CURSOR + "A"),
                isNone(CURSOR + CURSOR),
                isNone(CURSOR.replace('A', '+')),
                isNone("A".repeat(4000)),
                isNone(with(0, 0)),
                isNone(with(0, 2)));
    }

    private static Request list(String query, String cursor) {
        return get(MESSAGES + "?" + query + "&cursor=" + cursor);
    }

    private static Case isOfOther(String query, String cursor) {
        return list(query, cursor)
                .breaks(
                        "?cursor",
                        "belongs to a list with another key, type, subject, since, until or order; begin that list anew, without a cursor");
    }

    private static Case isNone(String cursor) {
        return list(FILTERS, cursor).breaks("?cursor", "must be the cursor of a page, as it was given");
    }

    private static String with(int index, int value) {
        byte[] bytes = Base64.getUrlDecoder().decode(CURSOR);
        bytes[index] = (byte) value;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String changed(int index, long value) {
        byte[] bytes = Base64.getUrlDecoder().decode(CURSOR);
        ByteBuffer.wrap(bytes).putLong(index, value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
