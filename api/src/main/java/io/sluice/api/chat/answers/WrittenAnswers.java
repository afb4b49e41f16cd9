package io.sluice.api.chat.answers;

import io.sluice.api.chat.extractive.Extract;
import io.sluice.api.chat.generative.AnswerWriter;
import io.sluice.api.chat.generative.NotWrittenException;
import io.sluice.api.chat.generative.Written;
import io.sluice.api.chat.generative.WrittenPart;
import io.sluice.api.chat.profile.ChatProfile;
import io.sluice.api.chat.profile.DoseFilter;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.search.FoundPassage;
import io.sluice.api.search.RetrievalMode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Has answers written by a language model, from passages that are there and may be read before it is asked, and still when it has ended. */
@Singleton
class WrittenAnswers {

    private final AnswerWriter writer;
    private final SourceCheck check;
    private final ChatProfile profile;

    WrittenAnswers(AnswerWriter writer, SourceCheck check, ChatProfile profile) {
        this.writer = writer;
        this.check = check;
        this.profile = profile;
    }

    /**
     * True if a model is to be asked. Where passages were found by their words alone, the words say whether they have to do with the question;
     * where they were found by their meaning, too, the model has to: the question may be in another language.
     *
     * @param extract sentences that fit by their words, looked for only if asked for
     */
    Uni<Boolean> isFor(Evidence evidence, Uni<Extract> extract) {
        if (!writer.isThere() || evidence.found().passages().isEmpty()) {
            return Uni.createFrom().item(false);
        }
        return evidence.found().retrieval() == RetrievalMode.HYBRID
                ? Uni.createFrom().item(true)
                : extract.map(met -> !met.quotations().isEmpty());
    }

    /**
     * Begins an answer when its text cites a source.
     *
     * @return fails with {@link NotWrittenException}, or its parts do; either with {@link ProblemCode#SOURCE_REMOVED} as well,
     *     or as {@link SourceCheck#check}
     */
    Uni<Reply> begin(Evidence evidence) {
        List<FoundPassage> passages = writer.fitting(evidence.found().passages());
        List<Source> sources = new ArrayList<>();
        passages.forEach(passage -> sources.add(Source.of(sources.size() + 1, passage, passage.text())));
        AnswerRequest request = evidence.request();
        return check.check(request.caller(), sources)
                .chain(() -> writer.write(request.question(), request.history(), passages))
                .map(written -> reply(evidence, written, sources));
    }

    /** Answers as {@link #begin} does, when the whole text is there. Its sources are those that it cites. */
    Uni<Reply> whole(Evidence evidence) {
        return begin(evidence)
                .flatMap(reply -> reply.parts().collect().asList().map(parts -> whole(reply.opening(), parts)));
    }

    private static Reply whole(Opening opening, List<AnswerPart> parts) {
        AnswerPart.Done done = (AnswerPart.Done) parts.get(parts.size() - 1);
        List<Source> cited = opening.sources().stream()
                .filter(source -> done.cited().contains(source.number()))
                .toList();
        return new Reply(
                new Opening(opening.mode(), null, opening.retrieval(), cited),
                Multi.createFrom().iterable(parts));
    }

    private Reply reply(Evidence evidence, Written written, List<Source> sources) {
        Opening opening = new Opening(
                AnswerMode.GENERATIVE,
                null,
                evidence.found().retrieval(),
                written.isFound() ? List.copyOf(sources) : List.of());
        return new Reply(
                opening,
                ofAllowedDoses(written.parts(), sources)
                        .onItem()
                        .transformToUniAndConcatenate(part -> part instanceof WrittenPart.End end
                                ? check.check(evidence.request().caller(), sources)
                                        .map(checked -> done(opening, end))
                                : Uni.createFrom().item(delta(part))));
    }

    private Multi<WrittenPart> ofAllowedDoses(Multi<WrittenPart> parts, List<Source> sources) {
        return profile.doses(sources.stream().map(Source::quote).toList())
                .map(filter -> parts.onItem().<WrittenPart>transformToIterable(part -> filtered(part, filter)))
                .orElse(parts);
    }

    private static List<WrittenPart> filtered(WrittenPart part, DoseFilter filter) {
        String shown = part instanceof WrittenPart.Text text ? filter.add(text.text()) : filter.end();
        List<WrittenPart> parts = new ArrayList<>();
        if (!shown.isEmpty()) {
            parts.add(new WrittenPart.Text(shown));
        }
        if (part instanceof WrittenPart.End) {
            parts.add(part);
        }
        return parts;
    }

    /** An answer that says that there is none is made of nothing. */
    private static AnswerPart done(Opening opening, WrittenPart.End end) {
        return new AnswerPart.Done(
                !opening.sources().isEmpty(), opening.mode(), end.cited(), opening.sources(), end.isTruncated());
    }

    private static AnswerPart delta(WrittenPart part) {
        return new AnswerPart.Delta(((WrittenPart.Text) part).text());
    }
}
