package io.sluice.api.chat.extractive;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.search.FoundPassage;
import io.sluice.retrieval.QuestionTerms;
import io.sluice.text.Sentences;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Extracts of passages what has to do with a question. */
@Singleton
public class Extraction {

    /** Part of the one behind it that the words of an earlier question count: "and for children?" is not about adults any more. */
    private static final double OF_EARLIER = 0.4;

    private final Sql sql;

    Extraction(Sql sql) {
        this.sql = sql;
    }

    private record Terms(Map<String, Double> weights, List<Set<String>> lexemes) {}

    /**
     * Extracts it; blocks.
     *
     * @param caller name of who asks, in full
     * @param context earlier questions that this one leaves something to, the last one first, whose words count less
     * @param documents in which was looked; all of them if empty
     * @param passages that were found, the best first
     * @throws DatabaseUnavailableException if PostgreSQL does not answer
     */
    public Extract of(
            String caller,
            String question,
            List<String> context,
            Collection<UUID> documents,
            List<FoundPassage> passages) {
        if (passages.isEmpty()) {
            return new Extract(List.of(), List.of());
        }
        List<String> texts = new ArrayList<>();
        for (FoundPassage passage : passages) {
            String heading = passage.heading() == null ? "" : passage.heading();
            texts.add(heading);
            texts.add(heading + "\n" + passage.text());
            texts.addAll(Sentences.of(passage.text()));
        }
        Terms terms = sql.inTransaction(transaction -> new Terms(
                weights(transaction, caller, documents, question, context), QuestionTerms.lexemes(transaction, texts)));
        Iterator<Set<String>> lexemes = terms.lexemes().iterator();
        List<SplitPassage> split = passages.stream()
                .map(passage -> new SplitPassage(
                        passage,
                        lexemes.next(),
                        lexemes.next(),
                        Sentences.of(passage.text()).stream()
                                .map(sentence -> new SplitPassage.Sentence(sentence, lexemes.next()))
                                .toList()))
                .toList();
        return new QuotationChoice(new QuestionWeights(terms.weights())).of(split);
    }

    private static Map<String, Double> weights(
            Connection transaction, String caller, Collection<UUID> documents, String question, List<String> context)
            throws SQLException {
        Map<String, Double> weights = QuestionTerms.weights(transaction, caller, documents, question);
        double part = 1;
        for (String earlier : context) {
            part *= OF_EARLIER;
            for (Map.Entry<String, Double> weight : QuestionTerms.weights(transaction, caller, documents, earlier)
                    .entrySet()) {
                weights.putIfAbsent(weight.getKey(), part * weight.getValue());
            }
        }
        return weights;
    }
}
