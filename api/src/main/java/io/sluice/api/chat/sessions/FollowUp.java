package io.sluice.api.chat.sessions;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Questions that make sense only with the one before them, as "and for children?". They are searched for together with its words: what they
 * leave out has been said there.
 */
final class FollowUp {

    /** Content words up to which a question with a pronoun is taken to mean what was said before. */
    private static final int FEW = 3;

    /** Longest topic, in UTF-16 code units: that of a question that goes on and on is its end. */
    private static final int MAX_TOPIC = 2_000;

    /** First words of what goes on from something. */
    private static final Set<String> STARTS = words(
            "and or but also then so what if else because und oder aber auch dann sonst et ou mais aussi alors y o pero también entonces e ma anche");

    /** Words that stand for what was said. */
    private static final Set<String> PRONOUNS = words(
            "it its they them their this that these those he she him her his one ones same there such more less again es sie ihn ihm ihr"
                    + " ihnen das dies diese dieser dieses davon damit dafür mehr il elle ils elles ça cela ceci celui celle lui leur plus"
                    + " ello eso esto esos esas ese esa él ella ellos más");

    /** Words that tell nothing. */
    private static final Set<String> EMPTY = words(
            "a an the of for in on at to with without from by as is are was were be been do does did can could may might must should would will"
                    + " how what when where which who why much many long often about i you we my your me us if not no any some there der die"
                    + " den dem ein eine wie was wann wo wer warum viel für mit von zu im ist sind kann darf le la les un une de des du pour"
                    + " avec est sont el los las para con en cuánto cómo qué");

    private FollowUp() {}

    private static Set<String> words(String list) {
        return Set.copyOf(List.of(list.split(" ", -1)));
    }

    /**
     * What was said before a question, as far as the question leaves something to it.
     *
     * @param before topic of the question before
     * @return empty if the question makes sense by itself
     */
    static String context(String question, String before) {
        return isIncomplete(question) ? before : "";
    }

    /** The topic of a question: itself, and its context. */
    static String topic(String question, String context) {
        String topic = context.isEmpty() ? question : context + "\n" + question;
        return topic.length() <= MAX_TOPIC ? topic : tail(topic);
    }

    private static String tail(String topic) {
        int start = topic.length() - MAX_TOPIC;
        return topic.substring(Character.isLowSurrogate(topic.charAt(start)) ? start + 1 : start);
    }

    /** What about, how about. */
    private static boolean asksAbout(List<String> words) {
        return words.size() > 1
                && words.get(1).equals("about")
                && (words.get(0).equals("what") || words.get(0).equals("how"));
    }

    private static boolean isIncomplete(String question) {
        List<String> words = Arrays.stream(question.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        long content = words.stream()
                .filter(word -> !STARTS.contains(word) && !PRONOUNS.contains(word) && !EMPTY.contains(word))
                .count();
        boolean continues = !words.isEmpty() && (STARTS.contains(words.get(0)) || asksAbout(words));
        boolean refers = words.stream().anyMatch(PRONOUNS::contains);
        return content <= 1 || (continues && content <= 2 * FEW) || (refers && content <= FEW);
    }
}
