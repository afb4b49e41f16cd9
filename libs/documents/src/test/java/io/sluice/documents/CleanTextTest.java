package io.sluice.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextTest {

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "eﬃcient ﬁrst ﬂow, efficient first flow",
        "ﺍﻟﺠﺮﻋﺔ, الجرعة",
        "４００ｍｇ, 400mg",
        "400 ㎎, 400 mg",
        "5 ㎖, 5 ml",
        "10 ㎍, 10 μg",
        "cafe\u0301, café",
        "a\u00a0b\u2009c\u3000d, a b c d",
        "1\u202f000 mg, 1 000 mg",
        "hyphen\u00adation, hyphenation",
        "10\u00ad20 mg, 10-20 mg",
        "a\u0000b\u0007c\u001bd, abcd",
        "a\u202eb\u202cc\u2066d\u2069\u200e\u200f\ufeff\u200b, abcd",
        "x\ud83d\udc00y, x🐀y",
        "ignore\udb40\udc41\udb40\udc42 this, ignore this",
    })
    void writesOneThingInOneWay(String text, String expected) {
        assertThat(CleanText.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10² and 10⁹ cells",
                "1½ tablets, ¼ or ⅔",
                "H₂O and B₁₂",
                "Ⅳ is not IV",
                "① and ⑩",
                "150 ㎡",
                "5 µg and 5 μg",
                "≤ 400 mg ± 5 %",
                "40 °C",
                "2‒4 2–4 2−4",
                "👩‍⚕️ 👍🏽 🇫🇷 ❤️",
                "می‌خواهم",
                "क्षि",
                "日本語。",
            })
    void keepsWhatOnlyLooksAlike(String text) {
        assertThat(CleanText.of(text)).isEqualTo(text);
    }

    @Test
    void replacesHalvesOfCharacters() {
        assertThat(CleanText.of("a\ud83d b\udc00")).isEqualTo("a\ufffd b\ufffd");
    }

    @Test
    void keepsLineFeedsWithoutSpaceAroundThem() {
        assertThat(CleanText.of("  a \t b \n \n  c  ")).isEqualTo("a b\nc");
    }

    @Test
    void readsSoftHyphensOfPrintedLinesAsHyphens() {
        assertThat(CleanText.ofPrinted("10\u00ad20 mg once\u00addaily hyphen\u00ad"))
                .isEqualTo("10-20 mg once-daily hyphen‐");
    }

    /** Ordering them takes quadratic time. */
    @Test
    void dropsMarksThatNoWritingHas() {
        // Given
        String text = "a" + "\u0301\u0323".repeat(200_000);
        Instant start = Instant.now();

        // When
        String clean = CleanText.of(text);

        // Then
        assertThat(clean).hasSizeLessThan(40);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
}
