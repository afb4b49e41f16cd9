package io.sluice.api.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.http.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Filter ORDERS = new Filter("order-42", "orders");
    private static final Cursor CURSOR = new Cursor(Instant.parse("2026-01-02T03:04:05.678901Z"), 42);

    @Test
    void comesBackAsItWas() {
        assertThat(Cursor.decode(CURSOR.encode(ORDERS), ORDERS)).isEqualTo(CURSOR);
    }

    @Test
    void staysTheSameInEveryVersionOfTheProgram() {
        assertThat(CURSOR.encode(ORDERS)).isEqualTo("AQAGR172V081AAAAAAAAACorpsodUEKpjQ");
    }

    @Test
    void holdsForItsFilterAlone() {
        String cursor = CURSOR.encode(ORDERS);

        for (Filter other :
                new Filter[] {new Filter(null, "orders"), new Filter("order-42", null), new Filter("orders", "order-42")
                }) {
            assertThatThrownBy(() -> Cursor.decode(cursor, other)).isInstanceOf(ProblemException.class);
        }
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
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Cursor.decode(text, ORDERS));

        assertThat(problem.problem().violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.parameter()).isEqualTo("cursor"));
    }
}
