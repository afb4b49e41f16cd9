package io.sluice.api.chat.openai;

import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Opening;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes one answer as a completion, or as its chunks, one after the other. */
final class CompletionWriter {

    private static final String CHUNK = "chat.completion.chunk";
    private static final String ASSISTANT = "assistant";

    private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final Opening opening;
    private final String question;
    private final long created;
    private int answerBytes;

    CompletionWriter(Opening opening, String question, Instant now) {
        this.opening = opening;
        this.question = question;
        this.created = now.getEpochSecond();
    }

    /** The whole of an answer with these parts. */
    Completion whole(List<AnswerPart> parts) {
        StringBuilder text = new StringBuilder();
        boolean found = false;
        boolean isTruncated = false;
        for (AnswerPart part : parts) {
            if (part instanceof AnswerPart.Delta delta) {
                text.append(delta.text());
            } else if (part instanceof AnswerPart.Done done) {
                found = done.found();
                isTruncated = done.isTruncated();
            }
        }
        String content = text.append(disclaimer()).toString();
        return new Completion(
                id,
                Completion.OBJECT,
                created,
                Model.SLUICE.id(),
                List.of(new Completion.Choice(
                        0, new Completion.Message(ASSISTANT, content), Completion.finishReason(isTruncated))),
                Usage.of(question, Usage.bytes(content)),
                found,
                opening.mode(),
                opening.fallback(),
                opening.retrieval(),
                opening.sources());
    }

    /** The disclaimer at the end of a text: those clients show nothing else. What to do in an emergency is not followed by one. */
    String disclaimer() {
        return opening.disclaimer() == null || opening.mode() == AnswerMode.EMERGENCY
                ? ""
                : "\n\n" + opening.disclaimer();
    }

    CompletionChunk first() {
        return chunk(choice(new CompletionChunk.Delta(ASSISTANT, ""), null), null, opening, null);
    }

    CompletionChunk chunk(String text) {
        answerBytes += Usage.bytes(text);
        return chunk(choice(new CompletionChunk.Delta(null, text), null), null, null, null);
    }

    CompletionChunk last(AnswerPart.Done done) {
        String reason = Completion.finishReason(done.isTruncated());
        return chunk(choice(new CompletionChunk.Delta(null, null), reason), null, null, done);
    }

    CompletionChunk usageChunk() {
        return chunk(List.of(), Usage.of(question, answerBytes), null, null);
    }

    private static List<CompletionChunk.Choice> choice(CompletionChunk.Delta delta, @Nullable String finishReason) {
        return List.of(new CompletionChunk.Choice(0, delta, finishReason));
    }

    private CompletionChunk chunk(
            List<CompletionChunk.Choice> choices,
            @Nullable Usage usage,
            @Nullable Opening begun,
            AnswerPart.@Nullable Done done) {
        return new CompletionChunk(
                id,
                CHUNK,
                created,
                Model.SLUICE.id(),
                choices,
                usage,
                begun == null ? null : begun.fallback(),
                begun == null ? null : begun.retrieval(),
                begun == null ? null : begun.sources(),
                done == null ? null : done.found(),
                done == null ? null : done.mode());
    }
}
