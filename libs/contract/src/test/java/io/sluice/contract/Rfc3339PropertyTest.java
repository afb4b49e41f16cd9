package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Nothing is read in another way than {@code java.time} reads it. */
class Rfc3339PropertyTest {

    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_9999 = 253_402_300_799L;

    @Property
    void whatAnInstantWritesIsRead(
            @ForAll @LongRange(min = YEAR_0, max = YEAR_9999) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @IntRange(max = 9) int digits) {
        long unit = (long) Math.pow(10, digits);
        Instant instant = Instant.ofEpochSecond(second, nanos / unit * unit);

        assertThat(Rfc3339.parse(instant.toString())).isEqualTo(instant);
    }

    @Property(tries = 20_000)
    void whateverItIsItMeansWhatItMeansToJavaTime(
            @ForAll @IntRange(max = 29) int at,
            @ForAll @Chars({'0', '1', '2', '3', '5', '6', '9', '-', '+', ':', '.', ',', 'T', 't', 'Z', 'z', ' ', '٣'})
                    char wrong,
            @ForAll @IntRange(max = 30) int length) {
        StringBuilder text = new StringBuilder("2024-02-29T23:59:59.123456789Z");
        text.setCharAt(at, wrong);
        String whole = text.toString();
        String shortened = whole.substring(0, Math.min(length, 29)) + "Z";

        assertThat(read(Rfc3339::parse, whole)).isEqualTo(read(Rfc3339PropertyTest::javaTime, whole));
        assertThat(read(Rfc3339::parse, shortened)).isEqualTo(read(Rfc3339PropertyTest::javaTime, shortened));
    }

    @Example
    void otherFormsAreReadToo() {
        assertThat(Rfc3339.parse("2026-01-02t03:04:05.6+01:30")).isEqualTo(Instant.parse("2026-01-02T01:34:05.6Z"));
        assertThat(Rfc3339.parse("2026-01-02T03:04Z")).isEqualTo(Instant.parse("2026-01-02T03:04:00Z"));
        assertThat(read(Rfc3339::parse, "")).isEmpty();
    }

    private static Instant javaTime(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static Optional<Instant> read(Function<String, Instant> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
