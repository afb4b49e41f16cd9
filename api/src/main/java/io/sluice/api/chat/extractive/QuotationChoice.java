package io.sluice.api.chat.extractive;

import io.sluice.api.chat.extractive.SplitPassage.Sentence;
import io.sluice.api.search.FoundPassage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the sentences that answer a question best. */
final class QuotationChoice {

    private static final int MAX_QUOTATIONS = 3;

    /** Part of the best one's score that another one has at least. */
    private static final double BESIDE_THE_BEST = 0.5;

    /** Part that a lexeme counts that stands in the heading or the question that the sentence follows: what it is about is said there. */
    private static final double IN_LEAD = 0.7;

    /** Part that a lexeme counts that stands elsewhere in the passage. */
    private static final double AROUND = 0.4;

    private final QuestionWeights question;

    QuotationChoice(QuestionWeights question) {
        this.question = question;
    }

    private record Scored(Quotation quotation, SplitPassage of, double score) {}

    /**
     * Chooses.
     *
     * @param passages the best first
     */
    Extract of(List<SplitPassage> passages) {
        List<SplitPassage> met = passages.stream()
                .filter(passage -> question.isMetBy(passage.lexemes()))
                .toList();
        List<Scored> scored = met.stream()
                .flatMap(passage -> scored(passage).stream())
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
        Set<String> topic =
                scored.isEmpty() ? Set.of() : question.shared(scored.get(0).of().headingLexemes());
        Set<String> known = new HashSet<>();
        List<Quotation> chosen = scored.stream()
                .filter(sentence -> sentence.score() >= scored.get(0).score() * BESIDE_THE_BEST)
                // What is said of another thing, as the dose of another medicine, reads as if it were said of this one.
                .filter(sentence -> sentence.of().lexemes().containsAll(topic))
                // Another document may say the same.
                .filter(sentence -> known.add(sentence.quotation().sentence()))
                .limit(MAX_QUOTATIONS)
                .map(Scored::quotation)
                .toList();
        List<FoundPassage> found = chosen.isEmpty()
                ? List.of()
                : met.stream().map(SplitPassage::passage).toList();
        return new Extract(found, chosen);
    }

    private List<Scored> scored(SplitPassage passage) {
        List<Scored> scored = new ArrayList<>();
        Set<String> lead = Set.of();
        for (Sentence sentence : passage.sentences()) {
            if (isLead(sentence.text(), passage.passage().heading())) {
                lead = sentence.lexemes();
            } else {
                double score = score(sentence.lexemes(), lead, passage.lexemes());
                if (question.of(sentence.lexemes()) > 0 || question.of(lead) > 0) {
                    scored.add(new Scored(new Quotation(passage.passage(), sentence.text()), passage, score));
                }
                lead = Set.of();
            }
        }
        return scored;
    }

    /** Headings stand in the first passage below them, and answer nothing; nor do questions. */
    private static boolean isLead(String sentence, @Nullable String headings) {
        return sentence.endsWith("?")
                || sentence.endsWith("？")
                || (headings != null && List.of(headings.split(" > ", -1)).contains(sentence));
    }

    private double score(Set<String> sentence, Set<String> lead, Set<String> passage) {
        Set<String> led = new HashSet<>(lead);
        led.removeAll(sentence);
        Set<String> around = new HashSet<>(passage);
        around.removeAll(sentence);
        around.removeAll(led);
        return question.of(sentence) + IN_LEAD * question.of(led) + AROUND * question.of(around);
    }
}
