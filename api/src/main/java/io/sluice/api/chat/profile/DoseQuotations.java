package io.sluice.api.chat.profile;

import io.sluice.text.Sentences;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lets doses through as quotations alone: what a language model writes of an amount may differ from the source by a digit. */
public final class DoseQuotations {

    private static final String NUMBER = "\\d+(?:\\.\\d+)?";

    private static final String PIECE =
            "(?:drops?|tablets?|capsules?|pills?|puffs?|sprays?|teaspoons?|tablespoons?|tropfen|tabletten?|kapseln?"
                    + "|comprimes?|gouttes?|gelules?|gotas?|comprimidos?|capsulas?)";

    private static final String UNIT = "(?:mg|mcg|μg|ug|g|ml|dl|cl|l|iu|ie|ui|mmol|meq|units?|unidades?|einheiten|"
            + PIECE + "|milligrams?|micrograms?|grams?|milliliters?|millilitres?|gramm|milligramm|mikrogramm)";

    /** A number or a range, a unit, and what it is for each of: {@code 10-15 mg/kg}. */
    private static final Pattern DOSE = Pattern.compile(
            "(?<![\\p{L}\\p{N}.])" + NUMBER
                    + "(?:(?:-| to | or | bis | a )" + NUMBER + ")? ?" + UNIT
                    + "(?:(?: ?/ ?| per | pro | par | por )(?:kg|kilograms?|kilogramm|kilo|day|dose|h|hour|d|m2))?(?![\\p{L}\\p{N}])");

    private static final Pattern WRITTEN_OUT = Pattern.compile(
            "(?<!\\p{L})(?:half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) " + PIECE
                    + "(?!\\p{L})");

    private static final Pattern CITATION = Pattern.compile("\\s*\\[(\\d{1,3})]");
    private static final Pattern QUOTES = Pattern.compile("[\"“”„«»]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SLASH = Pattern.compile("\\s*[/⁄∕]\\s*");
    private static final Pattern DASH = Pattern.compile("\\s*[‐‑‒–—−-]\\s*(?=\\d)");

    /** Separators of thousands. No space is one: of {@code 2 500 mg tablets} it may part two numbers. */
    private static final Pattern THOUSANDS =
            Pattern.compile("(?<=[1-9]\\d{0,2}|[1-9]\\d{0,2}[,']\\d{3})[,'](?=\\d{3}(?!\\d))");

    private static final Pattern DECIMAL_COMMA = Pattern.compile("(?<=\\d),(?=\\d)");
    private static final Pattern NO_FRACTION = Pattern.compile("(?<=\\d)\\.00?(?!\\d)");
    private static final Pattern TENTHS = Pattern.compile("(?<=\\d)(\\.[1-9])0(?!\\d)");
    private static final Pattern UNIT_APART = Pattern.compile("(?<=\\d) (?=" + UNIT + "(?!\\p{L}))");
    private static final Pattern LAST_MARK = Pattern.compile("[.!?…:;,\\s]+$");

    private final List<Quoted> sentences = new ArrayList<>();

    /** A sentence of a source, as it stands there, in its plain form without the mark at its end, and with its doses. */
    private record Quoted(String sentence, String words, Set<String> doses, int source) {}

    /**
     * Reads the sources.
     *
     * @param sources texts, in the order in which they are cited: the first one is {@code [1]}
     */
    public DoseQuotations(List<String> sources) {
        int number = 0;
        for (String source : sources) {
            number++;
            for (String sentence : Sentences.of(source)) {
                String plain = plain(sentence);
                sentences.add(new Quoted(sentence, LAST_MARK.matcher(plain).replaceFirst(""), doses(plain), number));
            }
        }
    }

    /** True if a text has a dose. */
    static boolean hasDose(String text) {
        return !doses(plain(text)).isEmpty();
    }

    /**
     * Makes sure of a sentence.
     *
     * @param sentence with the numbers of the sources that it cites, as in {@code [1]}, if it cites any
     * @return the sentence itself if it has no dose, or stands word for word in a source; in its place the first sentence that has all of its doses, of
     *     a source that it cites, in quotation marks and with the number of its source; empty if there is none
     */
    public Optional<String> allowed(String sentence) {
        String plain = plain(sentence);
        Set<String> doses = doses(plain);
        String words = LAST_MARK.matcher(plain).replaceFirst("");
        if (doses.isEmpty()
                || sentences.stream().anyMatch(quoted -> quoted.words().equals(words))) {
            return Optional.of(sentence);
        }
        Set<Integer> cited = CITATION.matcher(sentence)
                .results()
                .map(number -> Integer.valueOf(number.group(1)))
                .collect(Collectors.toSet());
        return sentences.stream()
                .filter(quoted ->
                        cited.contains(quoted.source()) && quoted.doses().containsAll(doses))
                .findFirst()
                .map(quoted -> "“" + quoted.sentence() + "” [" + quoted.source() + "]");
    }

    private static Set<String> doses(String plain) {
        Set<String> doses = new TreeSet<>();
        for (Pattern pattern : List.of(DOSE, WRITTEN_OUT)) {
            Matcher dose = pattern.matcher(plain);
            while (dose.find()) {
                doses.add(dose.group());
            }
        }
        return doses;
    }

    /** Text in lower case, with one form of spaces, dashes and numbers, and without what a citation adds. */
    private static String plain(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        plain = MARKS.matcher(plain).replaceAll("");
        plain = CITATION.matcher(plain).replaceAll("");
        plain = QUOTES.matcher(plain).replaceAll("");
        plain = SPACES.matcher(plain).replaceAll(" ").strip();
        plain = SLASH.matcher(plain).replaceAll("/");
        plain = DASH.matcher(plain).replaceAll("-");
        plain = THOUSANDS.matcher(plain).replaceAll("");
        plain = DECIMAL_COMMA.matcher(plain).replaceAll(".");
        plain = NO_FRACTION.matcher(plain).replaceAll("");
        plain = TENTHS.matcher(plain).replaceAll("$1");
        return UNIT_APART.matcher(plain).replaceAll("");
    }
}
