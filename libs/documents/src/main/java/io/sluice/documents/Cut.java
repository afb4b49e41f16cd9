package io.sluice.documents;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places at which a sentence that is longer than a passage is cut. */
final class Cut {

    /** Pattern of what is read as one character: an emoji of several, a letter with its marks. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private Cut() {}

    /** Index behind a beginning of a text that is a passage: if possible behind a comma, else between words, but not behind a number, whose unit follows. */
    static int end(String text, PassageSize size) {
        int end = preferred(text, longest(text, size));
        while (end > 1 && !size.allows(text.substring(0, end))) {
            // A beginning of a word may have more tokens than the whole word.
            end = characterEnd(text, end - 1);
        }
        return end;
    }

    private static int preferred(String text, int longest) {
        if (longest == text.length()) {
            return longest;
        }
        int behindWord = 0;
        int behindNumber = 0;
        for (int i = longest; i > longest / 2; i--) {
            if (text.charAt(i) != ' ') {
                continue;
            }
            char before = text.charAt(i - 1);
            if (",;:)".indexOf(before) >= 0 && i > longest * 2 / 3) {
                return i;
            }
            if (Character.isDigit(before)) {
                behindNumber = Math.max(behindNumber, i);
            } else {
                behindWord = Math.max(behindWord, i);
            }
        }
        if (behindWord > 0) {
            return behindWord;
        }
        return behindNumber > 0 ? behindNumber : characterEnd(text, longest);
    }

    /** Length of the longest beginning within the bounds, wherever it ends. */
    private static int longest(String text, PassageSize size) {
        int fits = 1;
        int tooLong = Math.min(text.length(), Passage.MAX_LENGTH) + 1;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            String beginning = text.substring(0, middle);
            if (Words.count(beginning) <= Passages.WORDS && size.allows(beginning)) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return fits;
    }

    /** The last end of a character up to an index; that of a code point where a single character is longer. */
    private static int characterEnd(String text, int longest) {
        int end = 0;
        Matcher matcher = CHARACTER.matcher(text);
        while (matcher.find() && matcher.end() <= longest) {
            end = matcher.end();
        }
        if (end > 0) {
            return end;
        }
        boolean torn =
                longest < text.length() && Character.isSurrogatePair(text.charAt(longest - 1), text.charAt(longest));
        return torn ? Math.max(longest - 1, 2) : Math.max(longest, 1);
    }
}
