package io.sluice.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Sentences of a text. A line feed ends one, as marks of the end of a sentence do in all scripts that have them. A full stop does not where it
 * may belong to an abbreviation or to a number: two sentences that stay together cost less than one that is torn.
 */
public final class Sentences {

    private static final String STOPS = ".!?…‼⁇⁈⁉؟۔।॥።";
    /** No space follows these. */
    private static final String WIDE_STOPS = "。！？｡";

    private static final String CLOSING = "\"'”’»›)]}」』）】〉》";
    private static final String OPENING = "\"'“‘«‹([{„‚¿¡";

    private static final Set<String> ABBREVIATIONS = Set.of(
            ("dr mr mrs ms prof st sr jr rev vs etc approx ca cf resp incl excl no nos nr fig figs vol ch eq ref refs"
                            + " ed eds al max min avg std dept inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec"
                            + " mon tue wed thu fri sat sun mg mcg µg μg g kg ng ml dl cl l mm cm mmol mol iu ie h hr hrs sec wk"
                            + " wks mo yr yrs tbl tabl tab caps cap inj amp sol susp po iv im sc bid tid qid prn abb bzw evtl ggf"
                            + " inkl usw vgl zb str tel mme mlle av env art núm pág sra dra ud uds dott sig ecc")
                    .split(" "));

    private Sentences() {}

    /** Sentences in their order, without white space around them. Together they are the text, but for white space. */
    public static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start);
            String sentence = text.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }

    /** Index behind the sentence that begins at an index, in UTF-16 code units. */
    public static int end(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                return i + 1;
            }
            if (WIDE_STOPS.indexOf(c) >= 0) {
                return behindClosing(text, i + 1);
            }
            if (STOPS.indexOf(c) >= 0) {
                int behind = behindClosing(text, i + 1);
                if (endsSentence(text, from, i, behind)) {
                    return behind;
                }
                i = behind - 1;
            }
        }
        return text.length();
    }

    private static int behindClosing(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && (STOPS + WIDE_STOPS + CLOSING).indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static boolean endsSentence(CharSequence text, int from, int stop, int behind) {
        if (behind == text.length()) {
            return true;
        }
        if (text.charAt(behind) != ' ') {
            return text.charAt(behind) == '\n';
        }
        int next = behind + 1;
        while (next < text.length() && OPENING.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        if (next < text.length() && Character.isLowerCase(text.charAt(next))) {
            return false;
        }
        return text.charAt(stop) != '.' || behind > stop + 1 || !isAbbreviated(text, from, stop);
    }

    /** True if the word before a full stop may need it. */
    private static boolean isAbbreviated(CharSequence text, int from, int stop) {
        int start = stop;
        // No abbreviation is longer.
        while (start > from && stop - start < 12 && !isBorder(text.charAt(start - 1))) {
            start--;
        }
        String word = text.subSequence(start, stop).toString();
        if (word.isEmpty()) {
            return false;
        }
        if (word.chars().allMatch(c -> Character.isDigit(c) || c == '.')) {
            return word.length() <= 2 || word.indexOf('.') > 0;
        }
        boolean letters = word.chars().allMatch(c -> Character.isLetter(c) || c == '.');
        boolean single = word.length() == 1 || (word.indexOf('.') > 0 && longestPart(word) <= 2);
        return letters && (single || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT)));
    }

    private static boolean isBorder(char c) {
        return c == ' ' || c == '\n' || OPENING.indexOf(c) >= 0 || c == '/' || c == '-' || c == '–';
    }

    private static int longestPart(String word) {
        int longest = 0;
        int length = 0;
        for (int i = 0; i < word.length(); i++) {
            length = word.charAt(i) == '.' ? 0 : length + 1;
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
