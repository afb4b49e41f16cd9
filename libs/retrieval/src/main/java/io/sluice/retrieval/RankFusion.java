package io.sluice.retrieval;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two rankings of passages made into one, by words and by meaning: weighted reciprocal rank fusion, which looks at places alone, since scores
 * of the two cannot be compared.
 *
 * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke and Büttcher, Reciprocal Rank Fusion Outperforms Condorcet and Individual
 *     Rank Learning Methods</a>
 */
public final class RankFusion {

    /** Passages of each ranking that have a part in it; what stands behind them would change little. */
    public static final int DEPTH = 100;

    /** Places by which the first ones are drawn together, as the paper has it. */
    static final int K = 60;

    /** Words from which a question counts as one that tells a story: most of them have nothing to do with what is asked. */
    static final int WORDS_OF_A_STORY = 20;

    private static final Comparator<RankedPassage> BEST_FIRST =
            Comparator.comparing(RankedPassage::score).reversed().thenComparing(RankedPassage::id);

    private RankFusion() {}

    /**
     * Fuses the rankings for a question. The one by meaning has twice the weight where the question tells a story.
     *
     * <p>A passage whose meaning is not known, as that of a document which has just become ready, gets in the ranking by meaning the place that it
     * has by words: else whatever both have found would stand before it, however well its words fit.
     *
     * @param byWords ids of passages, the best first
     * @param byMeaning the same
     * @param unknown passages that the ranking by meaning could not have found
     * @param limit number of passages, at most
     * @return the best first; of two that are as good, the one of the lower id
     */
    public static List<RankedPassage> fuse(
            String question, List<Long> byWords, List<Long> byMeaning, Set<Long> unknown, int limit) {
        Map<Long, Double> scores = new HashMap<>();
        double weight = tellsAStory(question) ? 2 : 1;
        add(scores, byWords, 1, Set.copyOf(byWords));
        add(scores, byMeaning, weight, Set.copyOf(byMeaning));
        add(scores, byWords, weight, unknown);
        return scores.entrySet().stream()
                .map(passage -> new RankedPassage(passage.getKey(), passage.getValue()))
                .sorted(BEST_FIRST)
                .limit(limit)
                .toList();
    }

    private static void add(Map<Long, Double> scores, List<Long> ranking, double weight, Set<Long> some) {
        for (int i = 0; i < Math.min(DEPTH, ranking.size()); i++) {
            if (some.contains(ranking.get(i))) {
                scores.merge(ranking.get(i), weight / (K + i + 1), Double::sum);
            }
        }
    }

    private static boolean tellsAStory(String question) {
        return question.strip().split("\\s+", WORDS_OF_A_STORY).length == WORDS_OF_A_STORY;
    }
}
