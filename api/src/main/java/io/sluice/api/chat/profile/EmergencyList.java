package io.sluice.api.chat.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Phrases of emergencies in one language, and the words that deny what follows them.
 *
 * @param answer what is answered to a question with one of the phrases
 * @param phrases in the words of {@link PlainWords}
 * @param negations words that deny what follows
 * @param fillers words that may stand between a negation and what it denies
 * @param alternatives words that let a negation hold for what follows them as well, as {@code or} does
 * @param subjects words before which {@code no} is an answer, and denies nothing
 */
record EmergencyList(
        String answer,
        Pattern phrases,
        Set<String> negations,
        Set<String> fillers,
        Set<String> alternatives,
        Set<String> subjects) {

    /** Reads the list of a language; {@code emergencies-en.txt} explains the form. */
    static EmergencyList of(String language) {
        String name = "emergencies-" + language + ".txt";
        try (InputStream file = Objects.requireNonNull(EmergencyList.class.getResourceAsStream(name), name)) {
            return parse(new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmergencyList parse(String text) {
        return new EmergencyList(
                values("answer", text).collect(Collectors.joining(" ")),
                pattern(values("phrase", text)),
                words("negations", text),
                words("fillers", text),
                words("alternatives", text),
                words("subjects", text));
    }

    /** Further phrases, of which nobody says in which language they are: what denies in one of these, denies them. */
    static EmergencyList of(Stream<String> phrases, List<EmergencyList> languages) {
        return new EmergencyList(
                languages.get(0).answer(),
                pattern(phrases),
                union(EmergencyList::negations, languages),
                union(EmergencyList::fillers, languages),
                union(EmergencyList::alternatives, languages),
                union(EmergencyList::subjects, languages));
    }

    private static Set<String> union(Function<EmergencyList, Set<String>> words, List<EmergencyList> languages) {
        return languages.stream().flatMap(list -> words.apply(list).stream()).collect(Collectors.toSet());
    }

    private static Set<String> words(String key, String text) {
        return values(key, text)
                .flatMap(value -> Stream.of(value.split(" ", -1)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> values(String key, String text) {
        return text.lines().filter(line -> line.startsWith(key + ": ")).map(line -> line.substring(key.length() + 2)
                .strip());
    }

    private static Pattern pattern(Stream<String> phrases) {
        return Pattern.compile(phrases.map(phrase -> Stream.of(phrase.strip().split(" +", -1))
                        .map(EmergencyList::word)
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("|", "(?:", ") ")));
    }

    /** A word with the blank before it. */
    private static String word(String word) {
        if (word.equals("_")) {
            return "(?: [\\p{L}\\p{N}']+){0,5}?";
        }
        String choice = Stream.of(word.split("/", -1))
                .map(one -> PlainWords.of(one).strip())
                .map(one -> Pattern.quote(one))
                .collect(Collectors.joining("|", "(?:", ")"));
        return " " + (word.endsWith("*") ? choice + "[\\p{L}\\p{N}']*" : choice);
    }
}
