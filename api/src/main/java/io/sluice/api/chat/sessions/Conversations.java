package io.sluice.api.chat.sessions;

import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.AnswerRequest;
import io.sluice.api.chat.answers.Answers;
import io.sluice.api.chat.answers.Reply;
import io.sluice.api.chat.generative.Exchange;
import io.sluice.api.chat.running.RunningAnswers;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.contract.EventId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Questions that are asked in sessions, where each may leave something to those before it. */
@Singleton
public class Conversations {

    /** Turns that a session has at most. */
    static final int MAX_TURNS = 100;

    /** Turns that an answer takes into account at most. */
    private static final int REMEMBERED = 20;

    private final Answers answers;
    private final RunningAnswers running;
    private final SessionRepository sessions;
    private final SessionStore store;
    private final DatabaseCalls database;

    Conversations(
            Answers answers,
            RunningAnswers running,
            SessionRepository sessions,
            SessionStore store,
            DatabaseCalls database) {
        this.answers = answers;
        this.running = running;
        this.sessions = sessions;
        this.store = store;
        this.database = database;
    }

    /**
     * Begins an answer, which is stored in its session when it is whole, and can be cancelled before. A cut or cancelled one is not, nor is one to an
     * emergency.
     *
     * @param request without what was said before
     * @param session in which is asked, or {@code null} to begin one
     * @return fails as {@link Answers#begin}, and with {@link ProblemCode#NOT_FOUND} if the caller has no such session, or {@link
     *     ProblemCode#INVALID_REQUEST} if it is full
     */
    public Uni<Reply> begin(AnswerRequest request, @Nullable UUID session) {
        return ask(request, session, asked -> answers.begin(asked)
                .map(reply -> reply.opening().mode() == AnswerMode.EMERGENCY
                        ? reply
                        : running.cancellable(reply, asked.caller())));
    }

    /** Answers as {@link #begin} does, where nobody sees the answer before it is whole, as {@link Answers#whole} says. */
    public Uni<Reply> whole(AnswerRequest request, @Nullable UUID session) {
        return ask(request, session, answers::whole);
    }

    private Uni<Reply> ask(
            AnswerRequest request, @Nullable UUID session, Function<AnswerRequest, Uni<Reply>> answering) {
        if (answers.isEmergency(request.question())) {
            return answering.apply(request);
        }
        if (session == null) {
            UUID id = EventId.next();
            return answering.apply(request).map(reply -> kept(reply, request, id, turn -> store.begin(id, turn)));
        }
        return database.call(() -> recent(session, request.caller()), SessionProblems.UNREADABLE)
                .flatMap(turns -> answering.apply(request.after(context(request.question(), turns), history(turns))))
                .map(reply -> kept(reply, request, session, turn -> store.goOn(session, turn)));
    }

    private List<Turn> recent(UUID session, String caller) {
        if (sessions.find(session, caller)
                        .orElseThrow(SessionProblems::notFound)
                        .turns()
                >= MAX_TURNS) {
            throw SessionProblems.full();
        }
        return sessions.turns(session, caller, REMEMBERED);
    }

    private static List<String> context(String question, List<Turn> turns) {
        return FollowUp.context(question, turns.stream().map(Turn::question).toList());
    }

    /** Questions and answers, the first one first; without answers that rest on documents that are gone, or that the caller may not read any more. */
    private static List<Exchange> history(List<Turn> turns) {
        return turns.stream().flatMap(turn -> turn.exchange().stream()).toList();
    }

    private Reply kept(Reply reply, AnswerRequest request, UUID session, ToIntFunction<SessionStore.NewTurn> keep) {
        StringBuilder text = new StringBuilder();
        return new Reply(reply.opening(), reply.parts().onItem().transformToUniAndConcatenate(part -> {
            if (part instanceof AnswerPart.Delta delta) {
                text.append(delta.text());
            }
            return part instanceof AnswerPart.Done done
                    ? database.call(
                            () -> done.keptIn(
                                    session,
                                    keep.applyAsInt(new SessionStore.NewTurn(
                                            request.caller(), request.question(), text.toString(), done))),
                            SessionProblems.UNSTORED)
                    : Uni.createFrom().item(part);
        }));
    }
}
