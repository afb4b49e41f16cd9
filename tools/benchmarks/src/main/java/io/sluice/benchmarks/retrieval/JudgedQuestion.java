package io.sluice.benchmarks.retrieval;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A question, and the documents that answer it.
 *
 * @param grades how well a document answers, by its id: above 0, the higher the better; at least one
 */
public record JudgedQuestion(String id, String text, Map<String, Integer> grades) {

    /**
     * Normalized discounted cumulative gain, from 0 to 1. The gain of a document is its grade.
     *
     * @param ranked ids of documents, the best first, none twice
     * @param depth places that count
     * @see <a href="https://doi.org/10.1145/582415.582418">Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques</a>
     */
    public double ndcg(List<String> ranked, int depth) {
        List<Integer> gains =
                ranked.stream().map(id -> grades.getOrDefault(id, 0)).toList();
        List<Integer> ideal =
                grades.values().stream().sorted((a, b) -> Integer.compare(b, a)).toList();
        return discounted(gains, depth) / discounted(ideal, depth);
    }

    private static double discounted(List<Integer> gains, int depth) {
        double sum = 0;
        for (int place = 0; place < Math.min(depth, gains.size()); place++) {
            sum += gains.get(place) * Math.log(2) / Math.log(place + 2.0);
        }
        return sum;
    }

    /** Part of the documents that answer, from 0 to 1, which stands in the first places of a ranking. */
    public double recall(List<String> ranked, int depth) {
        return (double) found(ranked, depth) / grades.size();
    }

    /** True if one of the first places of a ranking has a document that answers. */
    public boolean isAnswered(List<String> ranked, int depth) {
        return found(ranked, depth) > 0;
    }

    private long found(Collection<String> ranked, int depth) {
        return ranked.stream().limit(depth).filter(grades::containsKey).count();
    }
}
