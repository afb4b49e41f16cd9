package io.sluice.benchmarks.retrieval;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Quality of rankings of documents, as means over the questions, from 0 to 1.
 *
 * @param ranking kind of ranking, as answers of the api name it
 * @param questions number of them
 * @param ndcg normalized discounted cumulative gain of the first ten documents
 * @param recall part of the documents that answer, in the first five
 * @param success part of the questions with a document that answers among the first five
 */
public record RankingQuality(String ranking, int questions, double ndcg, double recall, double success) {

    private static final int MANY = 10;
    private static final int FEW = 5;

    /**
     * Compares rankings with what was judged.
     *
     * @param rankings ids of documents, the best first, for each question
     */
    public static RankingQuality of(String ranking, Map<JudgedQuestion, List<String>> rankings) {
        return new RankingQuality(
                ranking,
                rankings.size(),
                mean(rankings, each -> each.getKey().ndcg(each.getValue(), MANY)),
                mean(rankings, each -> each.getKey().recall(each.getValue(), FEW)),
                mean(rankings, each -> each.getKey().isAnswered(each.getValue(), FEW) ? 1 : 0));
    }

    private static double mean(
            Map<JudgedQuestion, List<String>> rankings,
            ToDoubleFunction<Map.Entry<JudgedQuestion, List<String>>> measure) {
        return rankings.entrySet().stream().mapToDouble(measure).average().orElseThrow();
    }
}
