package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLimitsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", " ", "order-4711", "é", "東京", "🚀", "\u00a0", "\u2028", "\ufeff", "\uffff", "\uD83D\uDE80"})
    void textsPass(String text) {
        assertThat(EventLimits.violation(text)).isNull();
    }

    @Test
    void anEmptyTextIsBetterLeftOut() {
        assertThat(EventLimits.violation("")).isEqualTo("must not be empty; leave it out instead");
    }

    @ParameterizedTest
    @CsvSource({"0000", "0001", "0009", "000A", "001F", "007F", "0080", "0085", "009F"})
    void controlCharactersAreNamed(String codePoint) {
        String text = "a" + (char) Integer.parseInt(codePoint, 16);

        assertThat(EventLimits.violation(text))
                .isEqualTo("must not contain control characters, but has U+" + codePoint);
    }

    @ParameterizedTest
    @CsvSource({"D800", "D83D", "DBFF", "DC00", "DFFF"})
    void halfOfASurrogatePairIsNamed(String codePoint) {
        String text = "a" + (char) Integer.parseInt(codePoint, 16);

        assertThat(EventLimits.violation(text))
                .isEqualTo("must not contain half of a surrogate pair, but has U+" + codePoint);
    }

    @Test
    void aSurrogatePairTheWrongWayRoundIsTwoHalves() {
        assertThat(EventLimits.violation("\ude80\ud83d"))
                .isEqualTo("must not contain half of a surrogate pair, but has U+DE80");
    }

    @ParameterizedTest
    @CsvSource({"~, 256", "\u00a0, 128", "\u07ff, 128", "\u0800, 85", "\uffff, 85", "\ud800\udc00, 64", "🚀, 64"})
    void theBoundIsOfBytesInUtf8(String character, int most) {
        int tooLong = (most + 1) * character.getBytes(UTF_8).length;

        assertThat(EventLimits.violation(character.repeat(most))).isNull();
        assertThat(EventLimits.violation(character.repeat(most + 1)))
                .isEqualTo("must have at most 256 bytes in UTF-8, but has " + tooLong);
    }

    @Test
    void theBoundOfACallerIsItsOwn() {
        assertThat(EventLimits.violation("a".repeat(1024), EventLimits.MAX_CALLER_BYTES))
                .isNull();
        assertThat(EventLimits.violation("a".repeat(1025), EventLimits.MAX_CALLER_BYTES))
                .isEqualTo("must have at most 1024 bytes in UTF-8, but has 1025");
    }
}
