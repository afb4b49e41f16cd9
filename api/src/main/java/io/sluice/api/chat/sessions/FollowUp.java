package io.sluice.api.chat.sessions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Questions that make sense only with the ones before them, as "and for children?". They are searched for together with their words: what they
 * leave out has been said there. A question that is taken for one by mistake is found all the same, since the words of the others count less.
 */
public final class FollowUp {

    /** Earlier questions at most that one leaves something to: "and for children?", and then "how often?". */
    private static final int MAX_CONTEXT = 3;

    /** Content words at most of a question that goes on from something, or that names something by a pronoun. */
    private static final int FEW = 3;

    /** Content words at most of a question with a word that stands for what was said, or for nothing, as "that" does. */
    private static final int VERY_FEW = 2;

    /** First words of what goes on from something. */
    private static final Set<String> STARTS = words(
            "and or but also then so else because und oder aber auch dann sonst et ou mais aussi alors y o pero también entonces e ma anche");

    /** The same, of more than one word. */
    private static final List<String> BEGINNINGS = List.of(
            "what about ",
            "how about ",
            "what if ",
            "what else ",
            "was ist mit ",
            "was noch ",
            "quoi d autre ",
            "qué tal ");

    /** Words that stand for what was said. */
    private static final Set<String> PRONOUNS = words(
            "it its they them their he she him her his er ihm ihn sie ihnen ihr davon damit dafür ça cela celui celle lui"
                    + " ello él ella ellos");

    /** Words that may stand for what was said, or not. */
    private static final Set<String> PERHAPS = words(
            "this that these those one ones same such more less again else es dies diese dieser dieses mehr ceci leur plus"
                    + " eso esto esos esas ese esa más");

    /** Words that name what was said before, where hardly another one stands beside them: the dose. */
    private static final Set<String> ARTICLES = words("the der die das den dem le la les l el los las");

    /** First words of a question that has but one content word, and makes sense: what is ibuprofen? */
    private static final Set<String> ASKING = words("what who where was wer wo qui où qué quién dónde");

    /** Words that tell nothing. */
    private static final Set<String> EMPTY = words(
            "a an of for in on at to with without from by as under over during before after is are was were be been do does did can could may"
                    + " might must should would will how what when where which who why much many long often about i you we my your me us if not"
                    + " no any some there ein eine wie wann wo wer warum viel oft man für mit von zu im bei ist sind kann darf un une de des du"
                    + " pour avec est sont qui où por para con en es son cuánto cómo qué quién dónde");

    private FollowUp() {}

    private static Set<String> words(String list) {
        return Set.copyOf(Arrays.asList(list.split(" ", -1)));
    }

    /**
     * Earlier questions that one leaves something to: the one before it, and if that leaves something, too, the one before that.
     *
     * @param before earlier questions, the first one first
     * @return the last one first; empty if the question makes sense by itself
     */
    public static List<String> context(String question, List<String> before) {
        List<String> context = new ArrayList<>();
        String last = question;
        for (int i = before.size() - 1; i >= 0 && context.size() < MAX_CONTEXT && isIncomplete(last); i--) {
            last = before.get(i);
            context.add(last);
        }
        return context;
    }

    private static boolean isIncomplete(String question) {
        List<String> words = Arrays.stream(question.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        long content = words.stream().filter(FollowUp::isContent).count();
        return content == 0
                || (content == 1 && !isComplete(words))
                || (content <= FEW && (continues(words) || refers(words, content)))
                || (content <= VERY_FEW && words.stream().anyMatch(PERHAPS::contains));
    }

    private static boolean isContent(String word) {
        return !STARTS.contains(word)
                && !PRONOUNS.contains(word)
                && !PERHAPS.contains(word)
                && !ARTICLES.contains(word)
                && !EMPTY.contains(word);
    }

    private static boolean continues(List<String> words) {
        return STARTS.contains(words.get(0)) || BEGINNINGS.stream().anyMatch(String.join(" ", words)::startsWith);
    }

    private static boolean refers(List<String> words, long content) {
        return IntStream.range(0, words.size())
                .anyMatch(i -> PRONOUNS.contains(words.get(i)) && !(content == FEW && isExpletive(words, i)));
    }

    /** Is it safe to. */
    private static boolean isExpletive(List<String> words, int place) {
        return words.get(place).equals("it")
                && place > 0
                && words.get(place - 1).equals("is")
                && place + 2 < words.size()
                && words.get(place + 2).equals("to");
    }

    /** True of a question that names the one thing that it asks about. */
    private static boolean isComplete(List<String> words) {
        return ASKING.contains(words.get(0))
                && !continues(words)
                && words.stream()
                        .noneMatch(
                                word -> ARTICLES.contains(word) || PERHAPS.contains(word) || PRONOUNS.contains(word));
    }
}
