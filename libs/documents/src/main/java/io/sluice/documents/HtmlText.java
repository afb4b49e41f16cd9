package io.sluice.documents;

import io.sluice.documents.StrictText.Marks;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The text of HTML as a browser shows it, without navigation and controls. A row of a table is a line, since a cell says little without its
 * neighbours. Of links and pictures stay the words. What is struck out is left out: {@code <s>400 mg</s> 200 mg} are not two doses.
 *
 * @param <E> what the taker of the text may throw
 */
final class HtmlText<E extends Exception> {

    /** Largest file, in bytes, since the whole tree of one is held. */
    static final int MAX_BYTES = 8 << 20;

    /** Each begins a node, which takes up to 120 bytes of heap. */
    private static final Marks TAGS = new Marks("<", 400_000);

    private static final Set<String> LEFT_OUT =
            Set.of(("head script style noscript template nav menu iframe object embed audio video canvas svg map select"
                            + " option datalist textarea button input del s strike rt rp")
                    .split(" "));

    private static final Pattern HIDING =
            Pattern.compile("display\\s*:\\s*none|visibility\\s*:\\s*hidden", Pattern.CASE_INSENSITIVE);

    private static final String CELL = " | ";

    private static final Pattern NOTHING_IN_CELLS = Pattern.compile("[\\s|\u00a0]*");

    /** Deepest power of a power that is marked as one. */
    private static final int MAX_SCRIPTS = 8;

    /** Length from which the text of a block is handed out before its end. */
    private static final int LONG_BLOCK = 8_192;

    private final TextSink<E> sink;
    private final Budget budget;
    private final StringBuilder block = new StringBuilder();
    /** Indexes in the block at which raised and lowered text under way begins. */
    private final Deque<Integer> scripts = new ArrayDeque<>();

    private int preformatted;
    private int headings;
    private boolean inRow;
    private int cells;
    private boolean continued;

    private HtmlText(Budget budget, TextSink<E> sink) {
        this.budget = budget;
        this.sink = sink;
    }

    static <E extends Exception> void read(Path file, Budget budget, TextSink<E> sink)
            throws IOException, UnreadableDocumentException, E {
        StrictText.checkSize(file, MAX_BYTES);
        try (Reader in = StrictText.open(file, true, TAGS, budget)) {
            read(in, budget, sink);
        }
    }

    static <E extends Exception> void read(Reader html, Budget budget, TextSink<E> sink)
            throws IOException, UnreadableDocumentException, E {
        Document document = budget.within(() -> Parser.htmlParser().parseInput(html, ""));
        String title = CleanText.of(document.title());
        sink.heading(0, title);
        new HtmlText<>(budget, sink).walk(document);
    }

    /** Visits all nodes, however deep they are, without recursion. */
    private void walk(Document document) throws E {
        @Nullable Node node = document;
        while (node != null) {
            budget.checkAtTimes();
            if (begin(node) && node.childNodeSize() > 0) {
                node = node.childNode(0);
                continue;
            }
            while (node != null && node.nextSibling() == null) {
                end(node);
                node = node.parent();
            }
            if (node != null) {
                end(node);
                node = node.nextSibling();
            }
        }
        flush(false);
        sink.endParagraph();
    }

    /** Begins a node; true if what is in it is read, too. */
    private boolean begin(Node node) throws E {
        if (node instanceof TextNode text) {
            append(text.getWholeText());
        }
        if (!(node instanceof Element element)) {
            return false;
        }
        String name = role(element);
        if (LEFT_OUT.contains(name) || isHidden(element)) {
            return false;
        }
        switch (name) {
            case "br" -> lineBreak();
            case "img" -> append(" " + element.attr("alt") + " ");
            case "sup", "sub" -> scripts.push(block.length());
            case "pre" -> {
                endBlock();
                preformatted++;
            }
            case "table" -> {
                inRow = false;
                endBlock();
            }
            case "tr" -> {
                inRow = false;
                endBlock();
                inRow = true;
                cells = 0;
            }
            case "td", "th" -> {
                if (inRow && cells > 0) {
                    block.append(CELL);
                }
                cells++;
            }
            case "denominator" -> append("/");
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                inRow = false;
                endBlock();
                headings++;
            }
            default -> {
                if (isBlock(element)) {
                    endBlock();
                }
            }
        }
        return true;
    }

    private void end(Node node) throws E {
        if (!(node instanceof Element element) || LEFT_OUT.contains(element.normalName()) || isHidden(element)) {
            return;
        }
        String name = role(element);
        switch (name) {
            case "sup", "sub" -> endScript(name);
            case "pre" -> {
                endBlock();
                preformatted--;
            }
            case "tr", "table" -> {
                if (inRow && NOTHING_IN_CELLS.matcher(block).matches()) {
                    block.setLength(0);
                }
                inRow = false;
                endBlock();
            }
            case "h1", "h2", "h3", "h4", "h5", "h6" -> endHeading(name.charAt(1) - '0');
            default -> {
                if (isBlock(element)) {
                    endBlock();
                }
            }
        }
    }

    /** Name of an element, or what it stands for as a part of a formula. */
    private static String role(Element element) {
        @Nullable Element parent = element.parent();
        String formula = parent == null ? "" : parent.normalName();
        return switch (formula) {
            case "msup" -> isSecond(element) ? "sup" : "base";
            case "msub" -> isSecond(element) ? "sub" : "base";
            case "mfrac" -> isSecond(element) ? "denominator" : "base";
            default -> element.normalName();
        };
    }

    /** True for the second element of its parent; {@code elementSiblingIndex} would look at all before it. */
    private static boolean isSecond(Element element) {
        @Nullable Element before = element.previousElementSibling();
        return before != null && before.previousElementSibling() == null;
    }

    private static boolean isBlock(Element element) {
        return element.isBlock() || element.normalName().equals("body");
    }

    private static boolean isHidden(Element element) {
        boolean closed = element.normalName().equals("dialog") && !element.hasAttr("open");
        return closed
                || element.hasAttr("hidden")
                || HIDING.matcher(element.attr("style")).find();
    }

    private void append(String text) throws E {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = preformatted == 0 && (c == '\n' || c == '\r' || c == '\t' || c == '\f');
            block.append(space ? ' ' : c);
            if (block.length() > LONG_BLOCK && headings == 0 && scripts.isEmpty()) {
                flush(true);
            }
        }
    }

    private void lineBreak() {
        block.append(inRow || headings > 0 ? ' ' : '\n');
    }

    private void endScript(String name) {
        int start = Math.min(scripts.pop(), block.length());
        if (scripts.size() >= MAX_SCRIPTS) {
            return;
        }
        String text = block.substring(start).strip();
        block.setLength(start);
        block.append(name.equals("sup") ? Scripts.raised(text) : Scripts.lowered(text));
    }

    private void endHeading(int level) throws E {
        headings = Math.max(0, headings - 1);
        if (headings == 0) {
            String text = CleanText.of(block.toString());
            block.setLength(0);
            sink.heading(level, text);
        }
    }

    /** Ends a paragraph; in a row and in a heading, what follows stays on the line. */
    private void endBlock() throws E {
        if (inRow || headings > 0) {
            block.append(' ');
            return;
        }
        flush(false);
        sink.endParagraph();
    }

    /** Hands out the text of a block, or all of it but the last word. */
    private void flush(boolean goesOn) throws E {
        int end = block.length();
        if (goesOn) {
            int space = Math.max(block.lastIndexOf(" "), block.lastIndexOf("\n"));
            end = space > 0 ? space : Character.isHighSurrogate(block.charAt(end - 1)) ? end - 1 : end;
        }
        sink.line(CleanText.of(block.substring(0, end)), continued && !startsNewLine());
        block.delete(0, end);
        continued = goesOn;
    }

    private boolean startsNewLine() {
        return !block.isEmpty() && block.charAt(0) == '\n';
    }
}
