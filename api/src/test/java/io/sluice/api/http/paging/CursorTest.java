package io.sluice.api.http.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.Fingerprint;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Fingerprint ORDERS = filter("order-42", "orders");
    private static final Cursor CURSOR = new Cursor(Instant.parse("2026-01-02T03:04:05.678901Z"), 42);

    @Test
    void comesBackAsItWas() {
        assertThat(decode(CURSOR.encode(ORDERS), ORDERS)).isEqualTo(CURSOR);
    }

    @Test
    void staysTheSameInEveryVersionOfTheProgram() {
        assertThat(CURSOR.encode(ORDERS)).isEqualTo("AQAGR172V081AAAAAAAAACorpsodUEKpjQ");
    }

    @Test
    void holdsForItsFilterAlone() {
        String cursor = CURSOR.encode(ORDERS);

        assertThatThrownBy(() -> decode(cursor, filter("orders", "order-42")))
                .isInstanceOf(ProblemException.class)
                .extracting(e ->
                        ((ProblemException) e).problem().violations().get(0).detail())
                .asString()
                .startsWith("belongs to a list with another key or subject;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "AQ",
                "not base64!",
                "AgAGR172V081AAAAAAAAACorpsodUEKpjQ",
                "____________________________________"
            })
    void anythingElseIsRefused(String text) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> decode(text, ORDERS));

        assertThat(problem.problem().violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.parameter()).isEqualTo("cursor"));
    }

    private static Cursor decode(String text, Fingerprint filter) {
        return Cursor.decode(text, filter, "key or subject");
    }

    private static Fingerprint filter(String key, String subject) {
        return Fingerprint.of("", "", key, subject, new byte[0]);
    }
}
