package io.sluice.api.chat.profile;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Finds what sounds like an emergency in a question, by phrases. It errs on the side of the emergency: a phrase counts as denied only where nothing
 * but small words stand between it and the word that denies it, as in "no signs of chest pain", and where it is denied once, not twice.
 */
public final class EmergencyCheck {

    /** Words of a list, as in "no fever, cough or chest pain", over which a negation reaches. */
    private static final int LONGEST_LIST = 8;

    private final List<EmergencyList> languages;

    /**
     * Reads the phrases.
     *
     * @param further phrases beside those that the program has, in any language
     */
    public EmergencyCheck(Collection<String> further) {
        List<EmergencyList> known =
                Stream.of("en", "de", "fr", "es").map(EmergencyList::of).toList();
        languages = further.isEmpty()
                ? known
                : Stream.concat(known.stream(), Stream.of(EmergencyList.of(further.stream(), known)))
                        .toList();
    }

    /** Answer to a question that sounds like an emergency, in the language of its phrase, in English to a further one; empty for any other. */
    public Optional<String> answer(String question) {
        String words = PlainWords.of(question);
        return languages.stream()
                .filter(language -> isEmergency(words, language))
                .map(EmergencyList::answer)
                .findFirst();
    }

    private static boolean isEmergency(String words, EmergencyList language) {
        Matcher phrase = language.phrases().matcher(words);
        int from = 0;
        while (phrase.find(from)) {
            if (!isDenied(words.substring(0, phrase.start()), language)) {
                return true;
            }
            // The blank behind one phrase is the one before the next.
            from = phrase.end() - 1;
        }
        return false;
    }

    private static boolean isDenied(String before, EmergencyList language) {
        Deque<String> words = new ArrayDeque<>(List.of(before.strip().split(" ", -1)));
        int negations = 0;
        String next = "";
        while (!words.isEmpty()) {
            String word = words.removeLast();
            if (isNegation(word, next, language)) {
                negations++;
            } else if (language.alternatives().contains(word) && negations == 0) {
                skipList(words, language);
            } else if (!language.fillers().contains(word)) {
                break;
            }
            next = word;
        }
        return negations % 2 == 1;
    }

    /** "No, I have" and "no I have" answer, and deny nothing. */
    private static boolean isNegation(String word, String next, EmergencyList language) {
        return language.negations().contains(word)
                && !(word.equals("no") && language.subjects().contains(next));
    }

    /** Up to the negation that the list begins behind, if there is one. */
    private static void skipList(Deque<String> words, EmergencyList language) {
        int listed = 0;
        while (!words.isEmpty()
                && listed < LONGEST_LIST
                && !words.peekLast().equals(PlainWords.CLAUSE)
                && !language.negations().contains(words.peekLast())) {
            words.removeLast();
            listed++;
        }
    }
}
