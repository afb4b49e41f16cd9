package io.sluice.api.http.body.streamed;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.ZipException;

/**
 * Expands a body that is compressed by gzip, within bounds: a few kilobytes can be made to expand to gigabytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, GZIP file format</a>
 */
final class BoundedGunzip extends InputStream {

    /** Most bytes of a body that was compressed. */
    static final long MAX_BYTES = 4L << 30;

    /** Most bytes that each compressed byte may stand for; texts have 5 to 30, and gzip at most 1032. */
    static final int MAX_RATIO = 200;

    /** Bytes for which the ratio does not matter. */
    private static final int FREE_BYTES = 1 << 20;

    private final GzipMembers members;
    private long bytes;

    BoundedGunzip(InputStream compressed) {
        this.members = new GzipMembers(compressed);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int more;
        try {
            more = members.read(into, offset, length);
        } catch (IOException e) {
            throw noGzip(e);
        }
        bytes += Math.max(0, more);
        if (bytes > MAX_BYTES) {
            throw tooLarge("expands to more than " + MAX_BYTES + " bytes; send it in parts");
        }
        if (bytes > FREE_BYTES && bytes > members.bytesRead() * MAX_RATIO) {
            throw tooLarge("expands to more than " + MAX_RATIO + " times its size; send it as it is");
        }
        return more;
    }

    @Override
    public void close() {
        members.close();
    }

    private static ProblemException tooLarge(String detail) {
        return ProblemException.of(ProblemCode.CONTENT_TOO_LARGE, "The compressed body " + detail + ".");
    }

    private static ProblemException noGzip(IOException e) {
        if (e instanceof ZipException || e instanceof EOFException) {
            return ProblemException.of(
                    ProblemCode.INVALID_REQUEST,
                    "The body is declared as compressed by gzip (RFC 1952), but is not, or not to its end; send it again.");
        }
        throw new UncheckedIOException(e);
    }
}
