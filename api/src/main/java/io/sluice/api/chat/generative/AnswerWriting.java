package io.sluice.api.chat.generative;

import io.sluice.llm.AnswerListener;
import io.sluice.llm.Completion;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.LanguageModel.Call;
import io.sluice.llm.ModelFailure;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it is written. Its text is held back until it cites a passage, so that nobody is shown one that rests on nothing; from then on it
 * goes on as it comes, no faster than it is taken.
 */
final class AnswerWriting implements AnswerListener {

    /** Characters that are read without a citation, at most. */
    static final int MAX_UNCITED = 1000;

    /** Characters of an answer, at most: far more than there are in the tokens that it may have. */
    static final int MAX_CHARACTERS = 20_000;

    /** Pieces that wait to be taken, at most. */
    private static final int MAX_WAITING = 32;

    /** Longest wait for whoever reads the answer; a response that is not read is given up before. */
    private static final long READER_TIMEOUT_SECONDS = 90;

    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final UnicastProcessor<WrittenPart> parts =
            UnicastProcessor.create(new ConcurrentLinkedQueue<>(), this::cancel);
    private final StringBuilder held = new StringBuilder();
    private final AnswerText text;
    private final Executor reader;
    private final CompletableFuture<Written> begun = new CompletableFuture<>();

    private int characters;
    private boolean isBegun;
    private volatile boolean isOver;

    /** Guarded by this. */
    private @Nullable Call call;

    /**
     * Begins nothing yet.
     *
     * @param text of it, empty
     * @param reader whatever follows is done by it, one task after the other
     */
    AnswerWriting(AnswerText text, Executor reader) {
        this.text = text;
        this.reader = reader;
    }

    /** Completed when the text cites something, or with a {@link NotWrittenException} if it never will. */
    CompletionStage<Written> begun() {
        return begun;
    }

    /** Takes the call that tells the answer. */
    synchronized void isToldBy(Call telling) {
        call = telling;
        if (isOver) {
            telling.cancel();
        }
    }

    /** Gives the answer up; does nothing if it has ended. */
    synchronized void cancel() {
        isOver = true;
        places.release(MAX_WAITING);
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public void onText(String delta) {
        characters += delta.length();
        show(text.add(delta));
        if (characters > MAX_CHARACTERS) {
            end(true);
            throw givenUp();
        }
        if (!isBegun && characters > MAX_UNCITED) {
            end(false);
            throw givenUp();
        }
    }

    @Override
    public void onEnd(Completion completion) {
        if (completion.reason() == Reason.FILTERED) {
            fail(FallbackReason.WITHHELD);
        } else {
            end(completion.reason() == Reason.LENGTH);
        }
    }

    @Override
    public void onFailure(ModelFailure failure) {
        fail(FallbackReason.of(failure));
    }

    private void show(String piece) {
        if (isBegun) {
            emit(piece);
            return;
        }
        held.append(piece);
        if (!text.cited().isEmpty() && !text.isNotFound()) {
            begin(true);
            emit(held.toString());
        }
    }

    private void begin(boolean isFound) {
        isBegun = true;
        Written written = new Written(isFound, parts.onItem().invoke(part -> places.release()));
        reader.execute(() -> begun.complete(written));
    }

    private void end(boolean isTruncated) {
        if (text.isNotFound()) {
            begin(false);
            emit(AnswerWriter.NOT_FOUND);
            emit(new WrittenPart.End(List.of(), false));
        } else {
            show(text.end());
            if (!isBegun) {
                fail(FallbackReason.UNCITED);
                return;
            }
            emit(new WrittenPart.End(text.cited(), isTruncated));
        }
        reader.execute(parts::onComplete);
    }

    private void fail(FallbackReason reason) {
        NotWrittenException failure = new NotWrittenException(reason);
        reader.execute(isBegun ? () -> parts.onError(failure) : () -> begun.completeExceptionally(failure));
    }

    private void emit(String piece) {
        if (!piece.isEmpty()) {
            emit(new WrittenPart.Text(piece));
        }
    }

    private void emit(WrittenPart part) {
        try {
            if (!places.tryAcquire(READER_TIMEOUT_SECONDS, TimeUnit.SECONDS) || isOver) {
                throw givenUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp();
        }
        reader.execute(() -> parts.onNext(part));
    }

    /** Ends the call that tells the answer. */
    private static CancellationException givenUp() {
        return new CancellationException("Nothing more of the answer is wanted");
    }
}
