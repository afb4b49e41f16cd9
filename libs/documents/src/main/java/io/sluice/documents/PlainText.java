package io.sluice.documents;

import io.sluice.documents.StrictText.Marks;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text without a format: empty lines part paragraphs, and a line that is full continues in the next one.
 *
 * @param <E> what the taker of the text may throw
 */
final class PlainText<E extends Exception> {

    /** Widest line of a paragraph from which its lines can be wrapped ones; narrower ones are a list or an address. */
    private static final int MIN_WIDTH = 45;

    /** Longest line that is held as a whole, and most lines of which the widest one is looked for. */
    private static final int MAX_LINE = 4_096;

    private static final int MAX_LINES = 200;

    private static final Pattern ITEM = Pattern.compile("(?:[-*+•‣▪·–—]|\\(?\\d{1,3}[.)]|\\(?[a-z][.)])\\s.*");

    private final Budget budget;
    private final TextSink<E> sink;
    private final StringBuilder line = new StringBuilder();
    /** Lines of the paragraph under way, but for those that the sink has. */
    private final List<String> lines = new ArrayList<>();

    private boolean wrapped;

    private PlainText(Budget budget, TextSink<E> sink) {
        this.budget = budget;
        this.sink = sink;
    }

    static <E extends Exception> void read(Path file, Budget budget, TextSink<E> sink)
            throws IOException, UnreadableDocumentException, E {
        try (Reader in = StrictText.open(file, false, Marks.NONE, budget)) {
            new PlainText<>(budget, sink).read(in);
        }
    }

    private void read(Reader in) throws IOException, UnreadableDocumentException, E {
        char[] buffer = new char[16_384];
        char before = ' ';
        for (int read = fill(in, buffer); read >= 0; read = fill(in, buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] != '\n' || before != '\r') {
                    take(buffer[i]);
                }
                before = buffer[i];
            }
        }
        endLine();
        endParagraph();
    }

    private int fill(Reader in, char[] buffer) throws IOException, UnreadableDocumentException {
        return budget.within(() -> in.read(buffer));
    }

    private void take(char c) throws E {
        switch (c) {
            case '\n', '\r', '\u000b', '\u0085', '\u2028' -> endLine();
            case '\f', '\u2029' -> {
                endLine();
                endParagraph();
            }
            default -> {
                line.append(c);
                if (line.length() >= MAX_LINE && !Character.isHighSurrogate(c)) {
                    cutLine();
                }
            }
        }
    }

    /** Hands out a line that is too long to be held, up to its last space. */
    private void cutLine() throws E {
        flush();
        int space = line.lastIndexOf(" ");
        int end = space > 0 ? space : line.length();
        sink.line(CleanText.of(line.substring(0, end)), wrapped);
        wrapped = true;
        line.delete(0, end);
    }

    private void endLine() throws E {
        String clean = CleanText.of(line.toString());
        line.setLength(0);
        if (clean.isEmpty()) {
            endParagraph();
            return;
        }
        lines.add(clean);
        if (lines.size() == MAX_LINES || wrapped) {
            flush();
        }
    }

    private void endParagraph() throws E {
        flush();
        sink.endParagraph();
    }

    private void flush() throws E {
        int widest = lines.stream().mapToInt(PlainText::width).max().orElse(0);
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                wrapped = continues(lines.get(i - 1), lines.get(i), widest);
            }
            sink.line(lines.get(i), wrapped);
            wrapped = false;
        }
        lines.clear();
    }

    /** True if a line goes on in the next one: the next one's first word had no room in it, or begins with a small letter below a long line. */
    private static boolean continues(String line, String next, int widest) {
        boolean noRoom = width(line) + 1 + width(firstWord(next)) > widest;
        boolean goesOn = Character.isLowerCase(next.codePointAt(0)) && width(line) > widest * 2 / 3;
        return widest >= MIN_WIDTH && (noRoom || goesOn) && !ITEM.matcher(next).matches();
    }

    private static String firstWord(String line) {
        if (Words.isUnspaced(line.codePointAt(0))) {
            return line.substring(0, Character.charCount(line.codePointAt(0)));
        }
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(0, space);
    }

    /** Columns of a line, of which East Asian characters take two. */
    private static int width(String line) {
        return line.codePoints()
                .map(c -> c >= 0x2e80 && Words.isUnspaced(c) ? 2 : 1)
                .sum();
    }
}
