package io.sluice.embedding;

import java.text.Normalizer;

/**
 * Kinds of characters for BERT's tokenizers: {@code BertNormalizer} and {@code BertPreTokenizer} of Hugging Face. Their tables are those of
 * Unicode 8, and these are the JVM's; of what was in Unicode 8, three characters of 1.1 million are of another kind.
 */
final class BertCharacters {

    /** Classes of characters. */
    enum Kind {
        /** Part of a word. */
        LETTER,
        /** Ends a word, and is none itself. */
        SPACE,
        /** Word of its own: punctuation, and ideographs of Chinese. */
        ALONE,
        /** Passed over, as if it was not there. */
        IGNORED
    }

    private static final int ASCII = 0x80;
    private static final int REPLACEMENT = 0xfffd;
    private static final Kind[] OF_ASCII = new Kind[ASCII];

    static {
        for (int character = 0; character < ASCII; character++) {
            OF_ASCII[character] = kindOfAscii(character);
        }
    }

    private BertCharacters() {}

    /** Takes accents from their letters, to be ignored on their own. */
    static String decomposed(String text) {
        return text.chars().allMatch(character -> character < ASCII)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    static Kind kind(int character) {
        return character < ASCII ? OF_ASCII[character] : kindOfOthers(character);
    }

    private static Kind kindOfAscii(int character) {
        if (character == '\t' || character == '\n' || character == '\r' || character == ' ') {
            return Kind.SPACE;
        }
        if (character < ' ' || character == 0x7f) {
            return Kind.IGNORED;
        }
        return Character.isLetterOrDigit(character) ? Kind.LETTER : Kind.ALONE;
    }

    private static Kind kindOfOthers(int character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> Kind.SPACE;
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> Kind.IGNORED;
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> Kind.ALONE;
            default -> character == REPLACEMENT ? Kind.IGNORED : isChinese(character) ? Kind.ALONE : Kind.LETTER;
        };
    }

    /** True for the blocks of BERT's {@code _is_chinese_char}: ideographs, but not the letters of Japanese and Korean. */
    private static boolean isChinese(int character) {
        return isIn(character, 0x4e00, 0x9fff)
                || isIn(character, 0x3400, 0x4dbf)
                || isIn(character, 0x20000, 0x2a6df)
                || isIn(character, 0x2a700, 0x2b73f)
                || isIn(character, 0x2b740, 0x2b81f)
                || isIn(character, 0x2b920, 0x2ceaf)
                || isIn(character, 0xf900, 0xfaff)
                || isIn(character, 0x2f800, 0x2fa1f);
    }

    private static boolean isIn(int character, int first, int last) {
        return character >= first && character <= last;
    }
}
