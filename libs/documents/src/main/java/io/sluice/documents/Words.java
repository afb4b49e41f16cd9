package io.sluice.documents;

import java.lang.Character.UnicodeScript;

/** Words, as the size of a passage is measured in. */
final class Words {

    /** Characters that count as a word in scripts that put no spaces between words. */
    private static final int CHARACTERS = 2;

    private Words() {}

    static int count(String text) {
        int words = 0;
        int unspaced = 0;
        boolean inWord = false;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (isUnspaced(c)) {
                unspaced++;
                inWord = false;
            } else if (c == ' ' || c == '\n') {
                inWord = false;
            } else if (!inWord) {
                words++;
                inWord = true;
            }
        }
        return words + (unspaced + CHARACTERS - 1) / CHARACTERS;
    }

    /** Letters of a script in which words follow each other without spaces. */
    static boolean isUnspaced(int c) {
        if (c < 0x0e00) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(c);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || script == UnicodeScript.THAI
                || script == UnicodeScript.LAO
                || script == UnicodeScript.KHMER
                || script == UnicodeScript.MYANMAR;
    }
}
