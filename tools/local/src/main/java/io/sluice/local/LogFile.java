package io.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The output file of a process. */
record LogFile(Path path) {
    private static final int TAIL_BYTES = 32 * 1024;
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ more)");

    long size() {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if the file contains the text after the given number of bytes. */
    boolean contains(String text, long from) {
        return read(from).contains(text);
    }

    /** The last lines without stack frames, indented, below a line with the path of the file. */
    String ending(int lines) {
        List<String> all = read(Math.max(0, size() - TAIL_BYTES))
                .lines()
                .filter(line -> !STACK_FRAME.matcher(line).find())
                .toList();
        if (all.isEmpty()) {
            return "Its log, " + path + ", is empty.";
        }
        List<String> last = all.subList(Math.max(0, all.size() - lines), all.size());
        return "Its log, " + path + ", ends:\n    | " + String.join("\n    | ", last);
    }

    private String read(long from) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, file.length() - from))];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
