package io.sluice.documents;

import io.sluice.documents.StrictText.Marks;
import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as CommonMark has it, with GitHub's tables. It may contain HTML, so it is made HTML, and read as that. */
final class MarkdownText {

    /** Largest file, in bytes: text, tree and HTML are held at once. */
    static final int MAX_BYTES = 4 << 20;

    /** Each can begin or end a node, which takes up to 180 bytes of heap; a book has a tenth of it. */
    private static final Marks MARKS = new Marks("\n*_[]`|<>!&\\-+", 300_000);

    /** Longest HTML, in characters: a link's address, which stands once in Markdown, stands in HTML with each use of it. */
    private static final int MAX_HTML = 3 * MAX_BYTES;

    /** Most cells of a table, since each row gets as many as the longest has. */
    private static final int MAX_CELLS = 300_000;

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.builder().maxCells(MAX_CELLS).build());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();

    private static final Set<String> FENCES = Set.of("---", "+++");

    private static final Pattern SETTING = Pattern.compile("[\\w\"'-]+\\s*[:=]|#|\\[");

    private MarkdownText() {}

    static <E extends Exception> void read(Path file, Budget budget, TextSink<E> sink)
            throws IOException, UnreadableDocumentException, E {
        StrictText.checkSize(file, MAX_BYTES);
        String html;
        try (Reader in = StrictText.open(file, false, MARKS, budget)) {
            html = budget.within(() -> html(in, budget));
        }
        HtmlText.read(reader(html, budget), budget, sink);
    }

    private static String html(Reader in, Budget budget) throws IOException, UnreadableDocumentException {
        StringBuilder markdown = new StringBuilder();
        char[] buffer = new char[8_192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            markdown.append(buffer, 0, read);
        }
        markdown.delete(0, frontMatterEnd(markdown));
        Html html = new Html(budget);
        RENDERER.render(tree(markdown.toString(), budget), html);
        return html.text.toString();
    }

    private static Node tree(String markdown, Budget budget) throws IOException, UnreadableDocumentException {
        try {
            return PARSER.parseReader(reader(markdown, budget));
        } catch (IllegalArgumentException tooManyCells) {
            throw new UnreadableDocumentException(Reason.TOO_COMPLEX, tooManyCells);
        }
    }

    /** Text of which a library gets little at a time, so that it can be stopped between. */
    private static Reader reader(String text, Budget budget) {
        return new StringReader(text) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                budget.checkMemory();
                return super.read(buffer, offset, Math.min(length, 2_048));
            }
        };
    }

    /** HTML that grows within a budget. */
    private record Html(Budget budget, StringBuilder text) implements Appendable {

        Html(Budget budget) {
            this(budget, new StringBuilder());
        }

        @Override
        public Html append(CharSequence piece) {
            return append(piece, 0, piece.length());
        }

        @Override
        public Html append(CharSequence piece, int start, int end) {
            budget.checkAtTimes();
            if (text.length() + end - start > MAX_HTML) {
                budget.exceed(Reason.TOO_COMPLEX);
            }
            text.append(piece, start, end);
            return this;
        }

        @Override
        public Html append(char character) {
            return append(String.valueOf(character));
        }
    }

    /** Index behind the settings that site generators have between two lines at the beginning; 0 if there are none. */
    private static int frontMatterEnd(CharSequence markdown) {
        String fence = line(markdown, 0).strip();
        int settings = behindLine(markdown, 0);
        // Without a setting it is a thematic break.
        if (!FENCES.contains(fence)
                || !SETTING.matcher(line(markdown, settings)).lookingAt()) {
            return 0;
        }
        for (int at = settings; at < markdown.length(); at = behindLine(markdown, at)) {
            String line = line(markdown, at).strip();
            if (line.equals(fence) || line.equals("...")) {
                return behindLine(markdown, at);
            }
        }
        return 0;
    }

    private static String line(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && end - from < 1_000) {
            end++;
        }
        return text.subSequence(from, end).toString();
    }

    private static int behindLine(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n') {
            end++;
        }
        return Math.min(end + 1, text.length());
    }
}
