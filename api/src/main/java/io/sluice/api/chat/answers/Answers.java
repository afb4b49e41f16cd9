package io.sluice.api.chat.answers;

import io.sluice.api.chat.extractive.Extract;
import io.sluice.api.chat.extractive.Extraction;
import io.sluice.api.chat.generative.AnswerWriter;
import io.sluice.api.chat.generative.NotWrittenException;
import io.sluice.api.chat.profile.ChatProfile;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.search.Retrieval;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Answers questions from the documents that the caller can read: written by a language model where there is one, else quoted. */
@Singleton
public class Answers {

    /** Text of an answer that the documents do not have. */
    public static final String NOT_FOUND = AnswerWriter.NOT_FOUND;

    /** Passages that are looked through. */
    private static final int PASSAGES = 10;

    private final Retrieval retrieval;
    private final Extraction extraction;
    private final QuotedAnswers quoted;
    private final WrittenAnswers written;
    private final DatabaseCalls database;
    private final ChatProfile profile;
    private final AnswerMetrics metrics;

    Answers(
            Retrieval retrieval,
            Extraction extraction,
            QuotedAnswers quoted,
            WrittenAnswers written,
            DatabaseCalls database,
            ChatProfile profile,
            AnswerMetrics metrics) {
        this.retrieval = retrieval;
        this.extraction = extraction;
        this.quoted = quoted;
        this.written = written;
        this.database = database;
        this.profile = profile;
        this.metrics = metrics;
    }

    /**
     * Begins an answer, which comes in pieces. What it says at its end is checked once more: that its sources are there, and that the caller may
     * read them. Where a language model gives no text that cites them, sentences are quoted in its place, and the opening says why.
     *
     * @return fails with {@link ProblemCode#SOURCE_REMOVED} or as {@link DatabaseCalls#call}, or its parts do; these with
     *     {@link ProblemCode#ANSWER_INTERRUPTED} as well
     */
    public Uni<Reply> begin(AnswerRequest request) {
        return reply(request, evidence -> written.begin(evidence).map(Answers::streamed));
    }

    /**
     * As {@link #begin}, of an answer that nobody sees before it is whole: sentences are quoted as well where a language model does not end it, and
     * the sources are those that the text refers to.
     */
    public Uni<Reply> whole(AnswerRequest request) {
        return reply(request, written::whole);
    }

    /** True if a question sounds like an emergency, which is answered without anything that may fail. */
    public boolean isEmergency(String question) {
        return profile.emergency(question).isPresent();
    }

    private Uni<Reply> reply(AnswerRequest request, Function<Evidence, Uni<Reply>> writing) {
        Uni<Reply> reply = profile.emergency(request.question())
                .map(Answers::emergency)
                .orElseGet(() -> fromDocuments(request, writing));
        return metrics.observe(
                reply.map(begun -> new Reply(begun.opening().with(profile.disclaimer()), begun.parts())));
    }

    /** Answers at once: whoever asks so has no time for a search that may fail. */
    private static Uni<Reply> emergency(String text) {
        return Uni.createFrom()
                .item(new Reply(
                        new Opening(AnswerMode.EMERGENCY, null, null, List.of()),
                        Multi.createFrom()
                                .items(
                                        new AnswerPart.Delta(text),
                                        new AnswerPart.Done(
                                                false, AnswerMode.EMERGENCY, List.of(), List.of(), false))));
    }

    private Uni<Reply> fromDocuments(AnswerRequest request, Function<Evidence, Uni<Reply>> writing) {
        return retrieval
                .find(request.caller(), request.searched(), request.documents(), PASSAGES)
                .flatMap(found -> from(new Evidence(request, found), writing));
    }

    /** Sentences are looked for only where they are needed: a written answer mostly does without. */
    private Uni<Reply> from(Evidence evidence, Function<Evidence, Uni<Reply>> writing) {
        Uni<Extract> extract = Uni.createFrom()
                .deferred(() -> database.call(() -> extract(evidence), SourceCheck.UNREADABLE))
                .memoize()
                .indefinitely();
        return written.isFor(evidence, extract)
                .flatMap(isWritten -> isWritten
                        ? writing.apply(evidence)
                                .onFailure(NotWrittenException.class)
                                .recoverWithUni(
                                        e -> extract.map(sentences -> quoted.of(evidence, sentences, e.reason())))
                        : extract.map(sentences -> quoted.of(evidence, sentences, null)));
    }

    private Extract extract(Evidence evidence) {
        AnswerRequest request = evidence.request();
        return extraction.of(
                request.caller(),
                request.question(),
                request.context(),
                request.documents(),
                evidence.found().passages());
    }

    private static Reply streamed(Reply reply) {
        return new Reply(
                reply.opening(),
                reply.parts()
                        .onFailure(NotWrittenException.class)
                        .transform(
                                e -> ProblemException.of(
                                        ProblemCode.ANSWER_INTERRUPTED,
                                        "The language model did not end its answer; what there is of it is not to be used. Ask again.")));
    }
}
