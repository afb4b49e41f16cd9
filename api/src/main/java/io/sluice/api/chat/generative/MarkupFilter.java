package io.sluice.api.chat.generative;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filter of a text in Markdown that comes in pieces. Links, images and tags are dropped, and their text stays; of brackets only those of citations
 * stay, of passages that there are. Nothing that is left makes a link, an image or a tag, whatever it was before.
 */
final class MarkupFilter implements UnaryOperator<String> {

    /** One number or several, as {@code [1]}, {@code [1, 3]}, {@code [1-3]} or {@code [source 1]}. */
    private static final Pattern CITATION = Pattern.compile(
            "\\[\\s{0,2}(?:\\^|[Ss]ources?\\s{1,2})?" + "(\\d{1,3}(?:\\s{0,2}[,;–-]\\s{0,2}\\d{1,3}){0,20})\\s{0,2}]");

    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:\\s*[–-]\\s*(\\d+))?");

    private static final Pattern TAG =
            Pattern.compile("<(?:/?[A-Za-z][A-Za-z0-9-]{0,30}(?:[\\s/:][^<>\\n]{0,500})?|[!?][^<>\\n]{0,500})>");

    /** The destination behind the text of a link: an address and a title, or the name of a definition. */
    private static final List<Pattern> TARGETS = List.of(
            Pattern.compile("]\\([^()\\n]{0,500}(?:\\([^()\\n]{0,200}\\)[^()\\n]{0,500}){0,3}\\)"),
            Pattern.compile("]\\[(?!\\s{0,2}(?:\\^|[Ss]ource)?\\s{0,2}\\d)[^\\[\\]\\n]{0,200}]"));

    private static final Pattern PLAIN = Pattern.compile("[^\\[\\]<!]+");

    private final int passages;
    private final SortedSet<Integer> cited = new TreeSet<>();
    private final StringBuilder pending = new StringBuilder();
    private final StringBuilder out = new StringBuilder();
    private char last = ' ';

    /** @param passages number of those that can be cited, from 1 on */
    MarkupFilter(int passages) {
        this.passages = passages;
    }

    /** Takes a piece, and gives what is sure of the text so far. */
    @Override
    public String apply(String piece) {
        pending.append(piece);
        return drain(false);
    }

    /** Gives the rest. */
    String end() {
        return drain(true);
    }

    /** Numbers of the passages that were cited so far, in ascending order. */
    List<Integer> cited() {
        return List.copyOf(cited);
    }

    private String drain(boolean isLast) {
        out.setLength(0);
        int taken = -1;
        while (!pending.isEmpty() && taken != 0) {
            taken = take(isLast);
            pending.delete(0, taken);
        }
        return out.toString();
    }

    /** Takes what comes first; gives the number of characters, or 0 if what it is depends on those that are still to come. */
    private int take(boolean isLast) {
        return switch (pending.charAt(0)) {
            case '[' -> takeCitation(isLast);
            case ']' -> takeTarget(isLast);
            case '<' -> takeTag(isLast);
            case '!' -> takeMark(isLast);
            default -> takePlain();
        };
    }

    private int takeCitation(boolean isLast) {
        Matcher citation = CITATION.matcher(pending);
        if (citation.lookingAt()) {
            cite(citation.group(1));
            return citation.end();
        }
        return citation.hitEnd() && !isLast ? 0 : 1;
    }

    private void cite(String numbers) {
        Matcher range = RANGE.matcher(numbers);
        while (range.find()) {
            int first = Integer.parseInt(range.group(1));
            int end = Math.min(range.group(2) == null ? first : Integer.parseInt(range.group(2)), passages);
            for (int number = Math.max(1, first); number <= end; number++) {
                cited.add(number);
                emit("[" + number + "]");
            }
        }
    }

    private int takeTarget(boolean isLast) {
        boolean isOpen = false;
        for (Pattern pattern : TARGETS) {
            Matcher target = pattern.matcher(pending);
            if (target.lookingAt()) {
                return target.end();
            }
            isOpen |= target.hitEnd();
        }
        return isOpen && !isLast ? 0 : 1;
    }

    private int takeTag(boolean isLast) {
        Matcher tag = TAG.matcher(pending);
        if (tag.lookingAt()) {
            return tag.end();
        }
        if (tag.hitEnd() && !isLast) {
            return 0;
        }
        emit("<");
        return 1;
    }

    /** An exclamation mark: before a link it makes an image, before a citation it ends a sentence. */
    private int takeMark(boolean isLast) {
        if (pending.length() == 1 && !isLast) {
            return 0;
        }
        if (pending.length() > 1 && pending.charAt(1) == '[') {
            Matcher citation = CITATION.matcher(pending).region(1, pending.length());
            if (!citation.lookingAt()) {
                return citation.hitEnd() && !isLast ? 0 : 2;
            }
        }
        emit("!");
        return 1;
    }

    private int takePlain() {
        Matcher plain = PLAIN.matcher(pending);
        if (!plain.lookingAt()) {
            throw new IllegalStateException("Every other character is plain");
        }
        emit(plain.group());
        return plain.end();
    }

    /** Adds to the text. What was dropped in between must not make one thing of two. */
    private void emit(String text) {
        char first = text.charAt(0);
        boolean isTag = last == '<' && (Character.isLetter(first) || "/!?".indexOf(first) >= 0);
        boolean isLink = last == ']' && (first == '(' || first == ':');
        out.append(isTag || isLink ? " " : "").append(text);
        last = text.charAt(text.length() - 1);
    }
}
