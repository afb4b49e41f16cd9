package io.sluice.api.chat.answers;

import io.sluice.api.chat.extractive.Extract;
import io.sluice.api.chat.extractive.Extraction;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.search.Found;
import io.sluice.api.search.Retrieval;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Answers questions from the documents that the caller can read. */
@Singleton
public class Answers {

    /** Text of an answer that the documents do not have. */
    public static final String NOT_FOUND = "Not found in the documents.";

    /** Passages that are looked through for sentences. */
    private static final int PASSAGES = 10;

    private final Retrieval retrieval;
    private final Extraction extraction;
    private final DatabaseCalls database;
    private final AnswerMetrics metrics;

    Answers(Retrieval retrieval, Extraction extraction, DatabaseCalls database, AnswerMetrics metrics) {
        this.retrieval = retrieval;
        this.extraction = extraction;
        this.database = database;
        this.metrics = metrics;
    }

    /**
     * Begins an answer.
     *
     * @param end checks once more that its sources are there, and that the caller may read them
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}, or its parts do; these with {@link ProblemCode#SOURCE_REMOVED} as well
     */
    public Uni<Reply> begin(Inquiry inquiry, AnswerEnd end) {
        return metrics.observe(retrieval
                .find(inquiry.caller(), inquiry.searched(), inquiry.documents(), PASSAGES)
                .flatMap(found -> database.call(() -> extract(inquiry, found), SourceCheck.UNREADABLE)
                        .map(extract -> extractive(found, extract, end))));
    }

    private Extract extract(Inquiry inquiry, Found found) {
        return extraction.of(
                inquiry.caller(), inquiry.question(), inquiry.context(), inquiry.documents(), found.passages());
    }

    private static Reply extractive(Found found, Extract extract, AnswerEnd end) {
        List<Source> quoted = new ArrayList<>();
        extract.quotations()
                .forEach(quotation ->
                        quoted.add(Source.of(quoted.size() + 1, quotation.passage(), quotation.sentence())));
        Multi<String> text = quoted.isEmpty()
                ? Multi.createFrom().item(NOT_FOUND)
                : Multi.createFrom().iterable(quoted).map(Answers::line);
        return reply(new Opening(AnswerMode.EXTRACTIVE, found.retrieval(), quoted), text, end);
    }

    private static String line(Source source) {
        String heading = source.heading() == null ? "" : source.heading() + ": ";
        return (source.number() == 1 ? "" : "\n") + heading + "“" + source.quote() + "” [" + source.number() + "]";
    }

    private static Reply reply(Opening opening, Multi<String> text, AnswerEnd end) {
        StringBuilder whole = new StringBuilder();
        Multi<AnswerPart> deltas = text.invoke(whole::append).map(AnswerPart.Delta::new);
        Multi<AnswerPart> done = Uni.createFrom()
                .deferred(() -> end.of(opening, whole.toString()))
                .<AnswerPart>map(ended -> ended)
                .toMulti();
        return new Reply(opening, Multi.createBy().concatenating().streams(deltas, done));
    }
}
