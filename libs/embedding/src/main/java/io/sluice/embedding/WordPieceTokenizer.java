package io.sluice.embedding;

import io.sluice.embedding.BertCharacters.Kind;
import java.util.Arrays;

/**
 * Splits texts as the tokenizer of BERT does (Devlin et al. 2018; the reference is {@code tokenizers} of Hugging Face), but for one thing:
 * names of special tokens, as {@code [SEP]}, are text like other text, since whoever writes a document must not end one.
 *
 * <p>Words are split at white space, punctuation and ideographs. Each is the longest piece that it begins with, then the longest that goes
 * on, and so on; where that ends before the word does, it is {@code [UNK]}.
 */
final class WordPieceTokenizer {

    /** Number of the tokens that mark begin and end. */
    static final int MARKS = 2;

    private static final long[] NONE = {};

    private final Vocabulary vocabulary;
    private final boolean lowercase;
    private final boolean stripAccents;
    private final int longestWord;
    private final int unknown;
    private final int begin;
    private final int end;

    /**
     * @param lowercase true if the pieces are in lower case
     * @param stripAccents true if the pieces have no accents
     * @param longestWord characters from which on a word is unknown
     * @throws UnusableModelException if the vocabulary lacks a special token, or is in another order than any model's
     */
    WordPieceTokenizer(Vocabulary vocabulary, boolean lowercase, boolean stripAccents, int longestWord)
            throws UnusableModelException {
        this.vocabulary = vocabulary;
        this.lowercase = lowercase;
        this.stripAccents = stripAccents;
        this.longestWord = longestWord;
        this.unknown = special("[UNK]");
        this.begin = special("[CLS]");
        this.end = special("[SEP]");
        if (vocabulary.id("[PAD]") > 0) {
            throw new UnusableModelException(
                    "[PAD] is not the first token of the vocabulary, as in that of each BERT model that has it: its order was changed");
        }
    }

    /** Number of the tokens, from the first id to the last. */
    int tokens() {
        return vocabulary.largestId() + 1;
    }

    private int special(String name) throws UnusableModelException {
        int id = vocabulary.id(name);
        if (id < 0) {
            throw new UnusableModelException(
                    "the vocabulary has no %s, as that of each BERT model has".formatted(name));
        }
        return id;
    }

    /** Number of the pieces of a text, without the two tokens that mark begin and end. Counts of texts between blanks add up. */
    int count(String text) {
        return split(text, NONE, Integer.MAX_VALUE);
    }

    /**
     * The ids of a text.
     *
     * @param most ids, marks included; the text is cut behind the last that fits
     */
    Tokens encode(String text, int most) {
        long[] pieces = new long[most - MARKS];
        int count = split(text, pieces, pieces.length);
        int kept = Math.min(count, pieces.length);
        long[] ids = new long[kept + MARKS];
        ids[0] = begin;
        System.arraycopy(pieces, 0, ids, 1, kept);
        ids[kept + 1] = end;
        return new Tokens(ids, count > kept);
    }

    /** Tokens of as many ids as asked for, the largest that there are between the marks. */
    Tokens largest(int most) {
        long[] ids = new long[most];
        Arrays.fill(ids, vocabulary.largestId());
        ids[0] = begin;
        ids[most - 1] = end;
        return new Tokens(ids, false);
    }

    /** Writes as many pieces as there is room for, and returns their number, which is exact up to the limit. */
    private int split(String text, long[] pieces, int limit) {
        String source = stripAccents ? BertCharacters.decomposed(text) : text;
        Word word = new Word(pieces);
        for (int i = 0; i < source.length() && word.count <= limit; ) {
            int character = source.codePointAt(i);
            i += Character.charCount(character);
            Kind kind = BertCharacters.kind(character);
            switch (kind) {
                case LETTER -> word.add(character);
                case SPACE -> word.end();
                case ALONE -> {
                    word.end();
                    word.add(character);
                    word.end();
                }
                case IGNORED -> {}
            }
        }
        word.end();
        return word.count;
    }

    /** The word that is being read, and what was split before. */
    private final class Word {

        private final long[] pieces;
        private final char[] characters = new char[longestWord * 2];
        private int length;
        private int size;
        private int count;

        Word(long[] pieces) {
            this.pieces = pieces;
        }

        void add(int character) {
            if (stripAccents && Character.getType(character) == Character.NON_SPACING_MARK) {
                return;
            }
            if (size < longestWord) {
                length +=
                        Character.toChars(lowercase ? Character.toLowerCase(character) : character, characters, length);
            }
            size++;
        }

        void end() {
            if (size > 0 && (size > longestWord || !splits())) {
                put(unknown);
            }
            length = 0;
            size = 0;
        }

        private boolean splits() {
            int before = count;
            int node = Vocabulary.FIRST;
            for (int from = 0; from < length; node = Vocabulary.CONTINUING) {
                int piece = -1;
                int next = from;
                for (int i = from; i < length; ) {
                    node = vocabulary.child(node, characters[i++]);
                    if (node < 0) {
                        break;
                    }
                    if (vocabulary.piece(node) >= 0) {
                        piece = vocabulary.piece(node);
                        next = i;
                    }
                }
                if (piece < 0) {
                    count = before;
                    return false;
                }
                put(piece);
                from = next;
            }
            return true;
        }

        private void put(int id) {
            if (count < pieces.length) {
                pieces[count] = id;
            }
            count++;
        }
    }
}
