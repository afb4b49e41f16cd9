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
    private final SourceCheck sources;
    private final DatabaseCalls database;
    private final AnswerMetrics metrics;

    Answers(
            Retrieval retrieval,
            Extraction extraction,
            SourceCheck sources,
            DatabaseCalls database,
            AnswerMetrics metrics) {
        this.retrieval = retrieval;
        this.extraction = extraction;
        this.sources = sources;
        this.database = database;
        this.metrics = metrics;
    }

    /**
     * Begins an answer. What it says at its end is checked once more: that its sources are there, and that the caller may read them.
     *
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}, or its parts do; these with {@link ProblemCode#SOURCE_REMOVED} as well
     */
    public Uni<Reply> begin(Inquiry inquiry) {
        return metrics.observe(retrieval
                .find(inquiry.caller(), inquiry.question(), inquiry.documents(), PASSAGES)
                .flatMap(found -> database.call(() -> extract(inquiry, found), SourceCheck.UNREADABLE)
                        .map(extract -> extractive(inquiry, found, extract))));
    }

    private Extract extract(Inquiry inquiry, Found found) {
        return extraction.of(inquiry.caller(), inquiry.question(), inquiry.documents(), found.passages());
    }

    private Reply extractive(Inquiry inquiry, Found found, Extract extract) {
        List<Source> quoted = new ArrayList<>();
        extract.quotations()
                .forEach(quotation ->
                        quoted.add(Source.of(quoted.size() + 1, quotation.passage(), quotation.sentence())));
        Multi<String> text = quoted.isEmpty()
                ? Multi.createFrom().item(NOT_FOUND)
                : Multi.createFrom().iterable(quoted).map(Answers::line);
        return reply(inquiry, new Opening(AnswerMode.EXTRACTIVE, found.retrieval(), quoted), text);
    }

    private static String line(Source source) {
        String heading = source.heading() == null ? "" : source.heading() + ": ";
        return (source.number() == 1 ? "" : "\n") + heading + "“" + source.quote() + "” [" + source.number() + "]";
    }

    private Reply reply(Inquiry inquiry, Opening opening, Multi<String> text) {
        Multi<AnswerPart> end = Uni.createFrom()
                .deferred(() -> sources.check(inquiry.caller(), opening.sources()))
                .<AnswerPart>map(
                        checked -> new AnswerPart.Done(!opening.sources().isEmpty(), opening.mode()))
                .toMulti();
        return new Reply(opening, Multi.createBy().concatenating().streams(text.map(AnswerPart.Delta::new), end));
    }
}
