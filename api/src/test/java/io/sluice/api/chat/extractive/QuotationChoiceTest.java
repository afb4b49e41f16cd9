package io.sluice.api.chat.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.search.FoundPassage;
import io.sluice.text.Sentences;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Words stand for lexemes here, and all tell as much. */
class QuotationChoiceTest {

    private static final String HEADING = "Medicines > Doses for adults";

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\W+"))
                .filter(word -> word.length() > 3)
                .collect(Collectors.toSet());
    }

    private static SplitPassage passage(String text) {
        return passage(HEADING, text);
    }

    private static SplitPassage passage(String heading, String text) {
        return new SplitPassage(
                new FoundPassage(1, new UUID(0, 1), "a.pdf", 1, 1, 1, heading, text, 1),
                words(heading),
                words(heading + " " + text),
                Sentences.of(text).stream()
                        .map(sentence -> new SplitPassage.Sentence(sentence, words(sentence)))
                        .toList());
    }

    private static List<String> quoted(String question, String... passages) {
        return quoted(
                question,
                Arrays.stream(passages).map(QuotationChoiceTest::passage).toList());
    }

    private static List<String> quoted(String question, List<SplitPassage> passages) {
        Map<String, Double> weights = new HashMap<>();
        words(question).forEach(word -> weights.put(word, 1.0));
        return new QuotationChoice(new QuestionWeights(weights))
                .of(passages).quotations().stream().map(Quotation::sentence).toList();
    }

    @Test
    void theSentenceWithMostOfTheQuestionComesFirst() {
        assertThat(quoted(
                        "maximum paracetamol adults",
                        "Paracetamol relieves pain. The maximum of paracetamol is 4 g for adults. Cats sleep."))
                .startsWith("The maximum of paracetamol is 4 g for adults.")
                .doesNotContain("Cats sleep.");
    }

    @Test
    void headingsAndQuestionsAreNotQuotedButWhatFollowsThem() {
        assertThat(quoted(
                        "much paracetamol adults",
                        "Doses for adults\nHow much paracetamol for adults?\nUp to 4 g.\nCats sleep."))
                .first()
                .isEqualTo("Up to 4 g.");
    }

    @Test
    void passagesWithTooLittleOfTheQuestionAreNotQuoted() {
        assertThat(quoted("football world championship winner", "The world is round."))
                .isEmpty();
        assertThat(quoted("capital france", "A capital letter.")).hasSize(1);
        assertThat(quoted("capital france paris", "A capital letter.")).isEmpty();
    }

    @Test
    void theDoseOfAnotherMedicineIsNotQuotedBesideTheOneThatIsAskedFor() {
        assertThat(quoted(
                        "maximum dose paracetamol adults",
                        List.of(
                                passage("Paracetamol > Doses for adults", "The maximum dose is 4 g."),
                                passage("Ibuprofen > Doses for adults", "The maximum dose is 1200 mg."))))
                .containsExactly("The maximum dose is 4 g.");
    }

    @Test
    void theSameSentenceIsQuotedOnceAndThreeAtMost() {
        assertThat(quoted("paracetamol", "Take paracetamol.", "Take paracetamol."))
                .hasSize(1);
        assertThat(quoted("paracetamol", "Paracetamol one. Paracetamol two. Paracetamol three. Paracetamol four."))
                .hasSize(3);
    }
}
