package io.sluice.api.http.body.streamed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Expands the members of a gzip file one after another, and knows damage from the end: {@link java.util.zip.GZIPInputStream} takes a
 * member behind the first whose header is damaged or cut for the end. Zeros behind the last member are passed over, as gzip(1) does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.3">RFC 1952, section 2.3, member format</a>
 */
final class GzipMembers implements AutoCloseable {

    private static final int BUFFER_BYTES = 8 << 10;

    private static final int HEADER_CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0b1110_0000;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private long bytesRead;

    /** Checksum of the header while that is read, then of what the member expands to. */
    private final CRC32 crc = new CRC32();

    private boolean begun;
    private boolean inMember;

    GzipMembers(InputStream in) {
        this.in = in;
    }

    /** The compressed bytes that were read so far. */
    long bytesRead() {
        return bytesRead;
    }

    /**
     * Reads on, as {@link InputStream#read(byte[], int, int)}.
     *
     * @throws EOFException where a member is cut
     * @throws ZipException where a member is damaged, or something else is behind the last one
     */
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inMember || beginMember()) {
            int more = inflate(into, offset, length);
            if (more > 0) {
                return more;
            }
            endMember();
        }
        return -1;
    }

    /** Frees the memory outside of the heap. */
    @Override
    public void close() {
        inflater.end();
    }

    /** Reads a header; false at the end. */
    private boolean beginMember() throws IOException {
        crc.reset();
        int first = next();
        if (begun && first <= 0) {
            passZeros(first);
            return false;
        }
        require(first != -1 && (first | octet() << 8) == 0x8B1F, "no gzip");
        require(octet() == 8, "an unknown compression method");
        int flags = octet();
        require((flags & RESERVED) == 0, "unknown flags");
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip((int) littleEndian(2));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            long expected = crc.getValue() & 0xFFFF;
            require(littleEndian(2) == expected, "a damaged header");
        }
        crc.reset();
        inflater.reset();
        inflater.setInput(buffer, at, end - at);
        begun = true;
        inMember = true;
        return true;
    }

    /** Expands some of the member; returns zero at the end of its data. */
    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            int more = inflater.inflate(into, offset, length);
            while (more == 0 && !inflater.finished()) {
                if (!fill()) {
                    throw new EOFException();
                }
                inflater.setInput(buffer, 0, end);
                more = inflater.inflate(into, offset, length);
            }
            crc.update(into, offset, more);
            return more;
        } catch (DataFormatException damaged) {
            throw (IOException) new ZipException(damaged.getMessage()).initCause(damaged);
        }
    }

    private void endMember() throws IOException {
        at = end - inflater.getRemaining();
        long expected = crc.getValue();
        require(littleEndian(4) == expected, "damaged data");
        require(littleEndian(4) == (inflater.getBytesWritten() & 0xFFFF_FFFFL), "another length");
        inMember = false;
    }

    private void passZeros(int first) throws IOException {
        int octet = first;
        while (octet == 0) {
            octet = next();
        }
        require(octet == -1, "something behind its end");
    }

    private void skip(int octets) throws IOException {
        for (int i = 0; i < octets; i++) {
            octet();
        }
    }

    private void skipText() throws IOException {
        int octet = octet();
        while (octet != 0) {
            octet = octet();
        }
    }

    private long littleEndian(int octets) throws IOException {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value |= (long) octet() << (8 * i);
        }
        return value;
    }

    private int octet() throws IOException {
        int octet = next();
        if (octet == -1) {
            throw new EOFException();
        }
        return octet;
    }

    /** The next octet, or -1 at the end. */
    private int next() throws IOException {
        if (at == end && !fill()) {
            return -1;
        }
        int octet = buffer[at++] & 0xFF;
        crc.update(octet);
        return octet;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        bytesRead += end;
        return end > 0;
    }

    private static void require(boolean right, String otherwise) throws ZipException {
        if (!right) {
            throw new ZipException(otherwise);
        }
    }
}
