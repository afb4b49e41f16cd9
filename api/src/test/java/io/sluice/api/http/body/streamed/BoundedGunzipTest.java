package io.sluice.api.http.body.streamed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedGunzipTest {

    private static final int HEADER_BYTES = 10;

    private final byte[] first = gzip("a\nb\n");
    private final byte[] second = gzip("c\n");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1 << 20})
    void theMembersAreOneTextHoweverTheyCome(int bytesAtATime) throws IOException {
        // Given
        byte[] many = concat(first, second, gzip(""), gzip("x".repeat(100_000)));

        // When, then
        assertThat(expanded(many, bytesAtATime)).isEqualTo("a\nb\nc\n" + "x".repeat(100_000));
    }

    @Test
    void aLaterMemberThatIsCutIsNotTheEnd() {
        for (int bytes = 1; bytes < second.length; bytes++) {
            byte[] cut = concat(first, Arrays.copyOf(second, bytes));

            assertRefused(() -> expanded(cut, 100));
        }
    }

    @Test
    void aLaterMemberThatIsDamagedIsNotTheEnd() {
        for (int at = 0; at < second.length; at++) {
            if (at > 3 && at < HEADER_BYTES) {
                // The time and the system it was made on mean nothing here.
                continue;
            }
            byte[] damaged = second.clone();
            damaged[at] ^= (byte) 0b1010_0001;

            assertRefused(() -> expanded(concat(first, damaged), 100));
        }
    }

    @Test
    void behindTheLastMemberZerosAreAllowedAlone() throws IOException {
        assertThat(expanded(concat(first, new byte[10_000]), 100)).isEqualTo("a\nb\n");
        assertRefused(() -> expanded(concat(first, "garbage".getBytes(UTF_8)), 100));
        assertRefused(() -> expanded(concat(first, new byte[10_000], second), 100));
    }

    @Test
    void whatIsNoMemberIsRefused() {
        assertRefused(() -> expanded(new byte[0], 100));
        assertRefused(() -> expanded(new byte[100], 100));
        assertRefused(() -> expanded("no gzip".getBytes(UTF_8), 100));
    }

    @Test
    void allFieldsOfAHeaderArePassedOver() throws IOException {
        // Given
        byte[] header = "\u001F\u008B\u0008\u001E\0\0\0\0\0\3\3\0extname\0comment\0".getBytes(ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(header);
        byte[] crc16 = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] data = Arrays.copyOfRange(second, HEADER_BYTES, second.length);

        // When, then
        assertThat(expanded(concat(first, header, crc16, data), 3)).isEqualTo("a\nb\nc\n");
        crc16[0]++;
        assertRefused(() -> expanded(concat(first, header, crc16, data), 3));
    }

    private static void assertRefused(ThrowingCallable expansion) {
        assertThatThrownBy(expansion)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.INVALID_REQUEST));
    }

    private static String expanded(byte[] compressed, int bytesAtATime) throws IOException {
        try (BoundedGunzip gunzip = new BoundedGunzip(new ByteArrayInputStream(compressed) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, bytesAtATime));
            }
        })) {
            return new String(gunzip.readAllBytes(), UTF_8);
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
