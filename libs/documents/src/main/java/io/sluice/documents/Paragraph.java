package io.sluice.documents;

import java.util.Set;

/** Text of a paragraph of which more may come, and the pages that it stands on. */
final class Paragraph {

    /** Words behind a hyphen that stands for the rest of a word: "pre- and postoperative". */
    private static final Set<String> CONJUNCTIONS =
            Set.of("and", "or", "to", "nor", "und", "oder", "bis", "sowie", "et", "ou", "y", "o", "e", "en", "of");

    private final StringBuilder text = new StringBuilder();
    private int page;
    private int pageStart;
    private int nextPage;

    /** Begins a page; 0 for none. Sentences that have begun stay on theirs. */
    void page(int number) {
        nextPage = number;
        pageStart = text.length();
        if (text.isEmpty()) {
            page = number;
        }
    }

    /** Page of the character at an index. At most two pages are open, since sentences that have ended are taken. */
    int pageAt(int index) {
        return index < pageStart ? page : nextPage;
    }

    CharSequence text() {
        return text;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    void remove(int length) {
        text.delete(0, length);
        if (length >= pageStart) {
            page = nextPage;
        }
        pageStart = Math.max(0, pageStart - length);
    }

    void append(String line, boolean wrapped) {
        if (line.isEmpty()) {
            return;
        }
        if (text.isEmpty()) {
            text.append(line);
        } else if (!wrapped) {
            text.append('\n').append(line);
        } else {
            join(line);
        }
    }

    private void join(String line) {
        int last = text.length() - 1;
        char end = text.charAt(last);
        if (isHyphen(end)
                && last > 0
                && Character.isLetterOrDigit(text.charAt(last - 1))
                && !beginsWithConjunction(line)) {
            if (Character.isLetter(text.charAt(last - 1)) && Character.isLowerCase(line.codePointAt(0))) {
                text.setLength(last);
            }
        } else if (!Words.isUnspaced(text.codePointBefore(last + 1)) || !Words.isUnspaced(line.codePointAt(0))) {
            text.append(' ');
        }
        text.append(line);
    }

    private static boolean isHyphen(char c) {
        return c == '-' || c == CleanText.HYPHEN;
    }

    private static boolean beginsWithConjunction(String line) {
        int space = line.indexOf(' ');
        return CONJUNCTIONS.contains(space < 0 ? line : line.substring(0, space));
    }
}
