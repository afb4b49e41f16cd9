package io.sluice.api.chat.sessions;

import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Answers;
import io.sluice.api.chat.answers.Inquiry;
import io.sluice.api.chat.answers.Opening;
import io.sluice.api.chat.answers.Reply;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions that are asked in sessions, where each may leave something to those before it. */
@Singleton
public class Conversations {

    /** Turns that a session has at most. */
    static final int MAX_TURNS = 100;

    /** Turns that an answer takes into account at most. */
    private static final int REMEMBERED = 20;

    private final Answers answers;
    private final SessionRepository sessions;
    private final SessionStore store;
    private final DatabaseCalls database;

    Conversations(Answers answers, SessionRepository sessions, SessionStore store, DatabaseCalls database) {
        this.answers = answers;
        this.sessions = sessions;
        this.store = store;
        this.database = database;
    }

    /**
     * Begins an answer, which is stored in its session when it is whole. A cut one is not.
     *
     * @param caller name of who asks, in full
     * @param documents in which is looked; all that the caller can read if empty
     * @param session in which is asked, or {@code null} to begin one
     * @return fails as {@link Answers#begin}, and with {@link ProblemCode#NOT_FOUND} if the caller has no such session, or {@link
     *     ProblemCode#INVALID_REQUEST} if it is full
     */
    public Uni<Reply> ask(String caller, String question, List<UUID> documents, @Nullable UUID session) {
        return session == null
                ? ask(caller, question, documents, UUID.randomUUID(), List.of())
                : database.call(() -> remembered(session, caller), SessionProblems.UNREADABLE)
                        .flatMap(turns -> ask(caller, question, documents, session, turns));
    }

    private List<Turn> remembered(UUID id, String caller) {
        if (sessions.find(id, caller).orElseThrow(SessionProblems::notFound).turns() >= MAX_TURNS) {
            throw SessionProblems.full();
        }
        return sessions.turns(id, caller, REMEMBERED);
    }

    private Uni<Reply> ask(String caller, String question, List<UUID> documents, UUID session, List<Turn> turns) {
        String context = turns.isEmpty()
                ? ""
                : FollowUp.context(question, turns.get(turns.size() - 1).topic());
        String topic = FollowUp.topic(question, context);
        Inquiry inquiry = new Inquiry(caller, question, context, documents);
        return answers.begin(
                inquiry,
                (opening, text) -> database.call(
                        () -> end(
                                session,
                                turns.isEmpty(),
                                new SessionStore.NewTurn(caller, question, topic, opening, text)),
                        SessionProblems.UNSTORED));
    }

    private AnswerPart.Done end(UUID session, boolean isNew, SessionStore.NewTurn turn) {
        int number = 1;
        if (isNew) {
            store.begin(session, turn);
        } else {
            number = store.goOn(session, turn);
        }
        Opening opening = turn.opening();
        return new AnswerPart.Done(!opening.sources().isEmpty(), opening.mode(), session, number);
    }
}
