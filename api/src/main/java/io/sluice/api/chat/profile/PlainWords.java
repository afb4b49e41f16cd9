package io.sluice.api.chat.profile;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as its words alone, in lower case and without accents, with a blank around each; {@code |} stands where a clause ends, {@code ,} where a
 * comma stands.
 */
final class PlainWords {

    static final String CLAUSE = "|";
    static final String COMMA = ",";

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** A word, with what is elided in it or shortened behind it: {@code can't}. */
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+(?:'[\\p{L}\\p{N}]+)*|,|[.!?;:…\\n]");

    /** A word with what French elides before it: {@code d'infarctus} are two words, {@code i'm} is one. */
    private static final Pattern ELIDED = Pattern.compile("([cdjlmnst]|qu)'(.+)");

    private PlainWords() {}

    static String of(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace('‘', '\'')
                .replace('`', '\'');
        StringBuilder words = new StringBuilder(" ");
        Matcher token = TOKEN.matcher(plain);
        while (token.find()) {
            String word = token.group();
            Matcher elided = ELIDED.matcher(word);
            if (elided.matches()) {
                words.append(elided.group(1)).append("' ").append(elided.group(2));
            } else {
                words.append(word.equals(COMMA) || Character.isLetterOrDigit(word.codePointAt(0)) ? word : CLAUSE);
            }
            words.append(' ');
        }
        return words.toString();
    }
}
