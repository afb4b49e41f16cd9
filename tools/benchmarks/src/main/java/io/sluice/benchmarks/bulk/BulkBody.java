package io.sluice.benchmarks.bulk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;

/**
 * A body of NDJSON that is a block of lines, many times over, so that however long it is no more than the block is in memory. A compressed
 * one has a member for each block (RFC 1952, section 2.2).
 *
 * @param block bytes of a block, compressed or not
 * @param lines number of lines of a block
 * @param repetitions number of blocks
 * @param compressed whether the block is compressed by gzip
 */
public record BulkBody(byte[] block, int lines, int repetitions, boolean compressed) {

    /** Number of lines of a block, more than the window of gzip reaches back. */
    public static final int BLOCK_LINES = 1_000;

    /**
     * A body that is not compressed.
     *
     * @param line n-th line of a block, without its end
     */
    public static BulkBody of(IntFunction<String> line, int repetitions) {
        StringBuilder block = new StringBuilder();
        for (int n = 0; n < BLOCK_LINES; n++) {
            block.append(line.apply(n)).append('\n');
        }
        return new BulkBody(block.toString().getBytes(US_ASCII), BLOCK_LINES, repetitions, false);
    }

    /** The same lines, compressed by gzip. */
    public BulkBody gzip() throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
            gzip.write(block);
        }
        return new BulkBody(member.toByteArray(), lines, repetitions, true);
    }

    /** A body of this many blocks. */
    public BulkBody times(int blocks) {
        return new BulkBody(block, lines, blocks, compressed);
    }

    /** Number of all lines. */
    public long allLines() {
        return (long) lines * repetitions;
    }

    /** Number of all bytes. */
    public long length() {
        return (long) block.length * repetitions;
    }

    void writeTo(OutputStream out, int blocks) throws IOException {
        for (int n = 0; n < blocks; n++) {
            out.write(block);
        }
    }
}
