package io.sluice.documents;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * Text without what is not seen, and in one spelling. What only looks alike stays different: NFKC as a whole would make {@code 102} of
 * {@code 10²}, {@code 1 1⁄2} of {@code 1½} and {@code IV} of {@code Ⅳ}. So it is applied to forms of letters alone: ligatures, Arabic and Hebrew
 * presentation forms, full width, and units of one character such as {@code ㎎} without an exponent. All else is composed by NFC, which changes no
 * character for another meaning.
 */
final class CleanText {

    /** Most marks in a row, as in the Stream-Safe Text Format of UAX 15: what has more is no writing, and takes quadratic time to order. */
    private static final int MAX_MARKS = 30;

    static final char HYPHEN = '\u2010';

    private static final int SOFT_HYPHEN = 0xad;

    private CleanText() {}

    /** Text whose soft hyphens are not seen, as in a browser. */
    static String of(String text) {
        return clean(text, false);
    }

    /** A line as it is printed in a PDF, where each soft hyphen has been painted. */
    static String ofPrinted(String line) {
        return clean(line, true);
    }

    private static String clean(String text, boolean printed) {
        StringBuilder out = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (isDropped(c)) {
                continue;
            }
            marks = isMark(c) ? marks + 1 : 0;
            if (marks > MAX_MARKS) {
                continue;
            }
            if (c == SOFT_HYPHEN) {
                appendSoftHyphen(out, text, i, printed);
            } else if (c == '\n') {
                appendLineFeed(out);
            } else if (isSpace(c)) {
                appendSpace(out);
            } else if (isForm(c)) {
                out.append(letters(c));
            } else {
                out.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
            }
        }
        return Normalizer.normalize(out, Form.NFC).strip();
    }

    /** Appends a soft hyphen: at the end of a line it may be joined later; between digits nobody hyphenates, so there it stands for a hyphen that is meant. */
    private static void appendSoftHyphen(StringBuilder out, String text, int at, boolean printed) {
        boolean betweenDigits = at > 0
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at + 1));
        if (at + 1 == text.length() || text.charAt(at + 1) == '\n') {
            out.append(HYPHEN);
        } else if (printed || betweenDigits) {
            out.append('-');
        }
    }

    private static void appendLineFeed(StringBuilder out) {
        int end = out.length();
        if (end > 0 && out.charAt(end - 1) == ' ') {
            out.setLength(end - 1);
        }
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    private static void appendSpace(StringBuilder out) {
        if (!out.isEmpty() && !isBlank(out.charAt(out.length() - 1))) {
            out.append(' ');
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n';
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /**
     * Controls, the marks of bidirectional text, what has no width, tags and other smuggled bytes. Joiners stay: scripts and emoji need them.
     */
    private static boolean isDropped(int c) {
        if (isSpace(c) || c == 0x200c || c == 0x200d || c == SOFT_HYPHEN) {
            return false;
        }
        boolean arabicNumberSign = (c >= 0x600 && c <= 0x605) || c == 0x6dd;
        if (arabicNumberSign) {
            return false;
        }
        int type = Character.getType(c);
        boolean noncharacter = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
        boolean variation = c >= 0xe0100 && c <= 0xe01ef;
        return type == Character.CONTROL || type == Character.FORMAT || noncharacter || variation;
    }

    private static boolean isForm(int c) {
        return (c >= 0xfb00 && c <= 0xfdff)
                || (c >= 0xfe70 && c <= 0xfefc)
                || (c >= 0xff01 && c <= 0xff9f)
                || isUnit(c);
    }

    private static boolean isUnit(int c) {
        return c >= 0x3371 && c <= 0x33df;
    }

    private static String letters(int c) {
        String form = Character.toString(c);
        String letters = Normalizer.normalize(form, Form.NFKC).strip();
        return isUnit(c) && !letters.chars().allMatch(Character::isLetter) ? form : letters;
    }
}
