package io.sluice.api.chat.extractive;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lexemes of a question, with how much each tells. A score of BM25 cannot say whether a passage has to do with a question: it has no upper
 * end, and depends on the other documents. The share of the question that a passage has, by weight, can.
 */
final class QuestionWeights {

    /**
     * Heaviest lexemes that make the whole of a question: a long one, which tells its story first, is not to be found in one passage.
     */
    private static final int WHOLE = 6;

    /** Share that a passage has at least if it has but one lexeme of several. */
    private static final double FLOOR_OF_ONE = 0.5;

    /** Share that a passage has at least if it has two lexemes, or more. */
    private static final double FLOOR = 0.34;

    private final Map<String, Double> weights;
    private final double whole;

    QuestionWeights(Map<String, Double> weights) {
        this.weights = weights;
        this.whole = weights.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(WHOLE)
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** Weight of the lexemes of these that are of the question, too. */
    double of(Collection<String> lexemes) {
        return lexemes.stream()
                .mapToDouble(lexeme -> weights.getOrDefault(lexeme, 0.0))
                .sum();
    }

    /** Lexemes of these that are of the question, too. */
    Set<String> shared(Collection<String> lexemes) {
        return lexemes.stream().filter(weights::containsKey).collect(Collectors.toSet());
    }

    /** True if a text with these lexemes has to do with the question. */
    boolean isMetBy(Collection<String> lexemes) {
        int shared = shared(lexemes).size();
        return shared > 0 && of(lexemes) >= whole * (shared == 1 ? FLOOR_OF_ONE : FLOOR);
    }
}
