package io.sluice.api.chat.answers;

import io.sluice.api.chat.extractive.Extract;
import io.sluice.api.chat.generative.FallbackReason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes answers of sentences that are quoted word for word. */
@Singleton
class QuotedAnswers {

    private final SourceCheck sources;

    QuotedAnswers(SourceCheck sources) {
        this.sources = sources;
    }

    /** @param fallback why it is quoted although there is a language model to ask, or {@code null} */
    Reply of(Evidence evidence, Extract extract, @Nullable FallbackReason fallback) {
        List<Source> quoted = new ArrayList<>();
        extract.quotations()
                .forEach(quotation ->
                        quoted.add(Source.of(quoted.size() + 1, quotation.passage(), quotation.sentence())));
        Multi<String> text = quoted.isEmpty()
                ? Multi.createFrom().item(Answers.NOT_FOUND)
                : Multi.createFrom().iterable(quoted).map(QuotedAnswers::line);
        AnswerPart done = new AnswerPart.Done(
                !quoted.isEmpty(),
                AnswerMode.EXTRACTIVE,
                quoted.stream().map(Source::number).toList(),
                quoted,
                false);
        Multi<AnswerPart> end = Uni.createFrom()
                .deferred(() -> sources.check(evidence.request().caller(), quoted))
                .map(checked -> done)
                .toMulti();
        return new Reply(
                new Opening(AnswerMode.EXTRACTIVE, fallback, evidence.found().retrieval(), quoted),
                Multi.createBy().concatenating().streams(text.map(AnswerPart.Delta::new), end));
    }

    private static String line(Source source) {
        String heading = source.heading() == null ? "" : source.heading() + ": ";
        return (source.number() == 1 ? "" : "\n") + heading + "“" + source.quote() + "” [" + source.number() + "]";
    }
}
