package io.sluice.api.messages.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    private static final int MAX_BYTES = 100_000;

    /** An input that has so many bytes at a time. */
    private static InputStream inParts(String text, int bytes) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, bytes));
            }
        };
    }

    private static List<String> lines(String text, int bytes) {
        LineReader reader = new LineReader(inParts(text, bytes), MAX_BYTES);
        List<String> lines = new ArrayList<>();
        while (reader.fill()) {
            for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
                lines.add(
                        line.position() + ":" + (line.bytes() == null ? "too long" : new String(line.bytes(), UTF_8)));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100_000})
    void linesAreTheSameHoweverTheyCome(int bytes) {
        assertThat(lines("", bytes)).isEmpty();
        assertThat(lines("\n", bytes)).containsExactly("1:");
        assertThat(lines("a\nbcd\r\n\nefghij\nk", bytes)).containsExactly("1:a", "2:bcd\r", "3:", "4:efghij", "5:k");
        assertThat(lines("a\n\n", bytes)).containsExactly("1:a", "2:");
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1 << 20})
    void ofALineThatIsTooLongNoMoreIsKeptThanThatItWas(int bytes) {
        // Given
        String longest = "x".repeat(MAX_BYTES);
        String tooLong = "y".repeat(MAX_BYTES + 1);

        // When
        List<String> lines = lines(tooLong + "\n" + longest + "\na\n" + tooLong.repeat(3) + "\n" + tooLong, bytes);

        // Then
        assertThat(lines).containsExactly("1:too long", "2:" + longest, "3:a", "4:too long", "5:too long");
    }
}
