package io.sluice.api.messages.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines, each with a bound: of one that is longer no more is kept than that it was. */
final class LineReader {

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private boolean ended;

    /** The line that was begun in buffers before this one. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    private boolean tooLong;
    private long position;

    /**
     * A reader of lines.
     *
     * @param maxBytes how long one may be, without its end
     */
    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * A line.
     *
     * @param position the first has 1
     * @param bytes without the line feed, or {@code null} if there are too many
     */
    record Line(long position, byte @Nullable [] bytes) {}

    /** The position of the last line that {@link #next} has returned. */
    long position() {
        return position;
    }

    /** Reads on, and blocks; once {@link #next} has no more. False at the end. */
    boolean fill() {
        if (ended) {
            return false;
        }
        try {
            end = in.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        at = 0;
        if (end < 0) {
            ended = true;
            end = 0;
        }
        return true;
    }

    /** The next line, or {@code null} where its end is not read yet. The last line may lack the line feed. */
    @Nullable Line next() {
        int lineEnd = at;
        while (lineEnd < end && buffer[lineEnd] != '\n') {
            lineEnd++;
        }
        boolean whole = lineEnd < end;
        if (whole && begun.size() == 0 && !tooLong && lineEnd - at <= maxBytes) {
            Line line = new Line(++position, Arrays.copyOfRange(buffer, at, lineEnd));
            at = lineEnd + 1;
            return line;
        }
        keep(lineEnd);
        at = lineEnd + 1;
        return whole || (ended && (tooLong || begun.size() > 0)) ? taken() : null;
    }

    private void keep(int lineEnd) {
        int more = Math.max(0, lineEnd - at);
        tooLong |= begun.size() + more > maxBytes;
        if (tooLong) {
            begun.reset();
        } else {
            begun.write(buffer, at, more);
        }
    }

    private Line taken() {
        Line line = new Line(++position, tooLong ? null : begun.toByteArray());
        begun.reset();
        tooLong = false;
        return line;
    }
}
