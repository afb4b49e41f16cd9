package io.sluice.api.chat.running;

import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Reply;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.EventId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Answers that this replica streams, from their opening until their text is whole. */
@Singleton
public class RunningAnswers {

    private final Map<UUID, Running> answers = new ConcurrentHashMap<>();

    private record Running(String caller, CompletableFuture<Void> end) {}

    /**
     * The same answer with an id, by which it can be cancelled until its text is whole. Then its parts fail with {@link
     * ProblemCode#ANSWER_CANCELLED}, and whoever makes them is told as if the client had left.
     *
     * @param caller name of who asks, in full
     */
    public Reply cancellable(Reply reply, String caller) {
        return cancellable(EventId.next(), reply, caller);
    }

    Reply cancellable(UUID id, Reply reply, String caller) {
        Multi<AnswerPart> parts = Multi.createFrom().deferred(() -> {
            CompletableFuture<Void> end = new CompletableFuture<>();
            answers.put(id, new Running(caller, end));
            Multi<AnswerPart> made = reply.parts()
                    .onItem()
                    .invoke(part -> {
                        if (part instanceof AnswerPart.Done) {
                            answers.remove(id);
                        }
                    })
                    .onTermination()
                    .invoke(() -> {
                        answers.remove(id);
                        end.complete(null);
                    });
            // One part at a time: a client that reads slowly slows the model down.
            return Multi.createBy().merging().withRequests(1).streams(made, failing(end));
        });
        return new Reply(reply.opening().identified(id), parts);
    }

    /** No part, and a failure if the future has one. */
    private static Multi<AnswerPart> failing(CompletableFuture<Void> end) {
        return Uni.createFrom().completionStage(end).onItem().transformToMulti(over -> Multi.createFrom()
                .empty());
    }

    /** Cancels an answer of a caller's; false if there is none. */
    boolean cancel(UUID id, String caller) {
        return cancel(id, caller::equals);
    }

    /**
     * Cancels an answer.
     *
     * @param isOf true for the caller that the answer has to be for
     * @return false if there is none
     */
    boolean cancel(UUID id, Predicate<String> isOf) {
        Running answer = answers.get(id);
        return answer != null
                && isOf.test(answer.caller())
                && answers.remove(id, answer)
                && answer.end()
                        .completeExceptionally(ProblemException.of(
                                ProblemCode.ANSWER_CANCELLED,
                                "The answer was cancelled as it was asked for; what there is of it is not kept."));
    }
}
