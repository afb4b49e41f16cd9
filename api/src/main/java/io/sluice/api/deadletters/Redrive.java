package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.deadletters.RedriveStore.Candidates;
import io.sluice.api.deadletters.RedriveStore.Sent;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.publishing.EventPublisher;
import io.sluice.contract.EventHeader;
import io.sluice.contract.EventId;
import io.sluice.runtime.logs.LogLine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters again: notes that it will, sends, and then notes what became of it. Whatever ends in between, the first note
 * is there; and what is sent twice is stored once.
 */
@ApplicationScoped
class Redrive {

    private static final Logger LOG = Logger.getLogger(Redrive.class.getName());

    private static final String NOTHING_SENT = "The database does not answer, and nothing was sent; try again later.";

    private static final String NOT_NOTED =
            "Kafka has acknowledged %d of %d, but the database went away before that could be noted. What was sent"
                    + " becomes resolved when it is stored; to redrive it once more is safe.";

    private final RedriveStore store;
    private final RedriveEncoder encoder;
    private final EventPublisher publisher;
    private final DatabaseCalls database;
    private final RedriveMetrics metrics;

    Redrive(
            RedriveStore store,
            RedriveEncoder encoder,
            EventPublisher publisher,
            DatabaseCalls database,
            RedriveMetrics metrics) {
        this.store = store;
        this.encoder = encoder;
        this.publisher = publisher;
        this.database = database;
        this.metrics = metrics;
    }

    /** The dead letters of a request before any of them is sent. */
    private record PreparedBatch(
            List<Candidate> letters,
            List<ProducerRecord<byte[], byte[]>> records,
            Map<UUID, Long> notes,
            List<Refused> refused,
            @Nullable Cursor next) {}

    /** The outcome of all that were sent, and the state that each is in. */
    private record BatchResult(List<Sent> sent, Map<UUID, String> states) {}

    /** One that cannot be sent, and why. */
    record Refused(UUID id, @JsonIgnore ProblemCode code, String detail) {}

    /**
     * Some of those that were asked for.
     *
     * @param redriven how many were sent
     * @param next behind the last one that was tried, or {@code null} if there are no more
     */
    record Redriven(int redriven, List<Refused> refused, @Nullable Cursor next) {}

    /**
     * One that was sent.
     *
     * @param state the {@link State#code()} that it is in then
     * @param eventId what it will be stored under, or {@code null} where the record does not say
     */
    record RedriveResult(UUID id, String state, @Nullable UUID eventId) {}

    /**
     * Sends one again.
     *
     * @param who the caller
     * @return fails with {@link ProblemCode#NOT_FOUND}, {@link ProblemCode#NOT_REDRIVABLE}, {@link ProblemCode#RESERVED_TYPE}, {@link ProblemCode#NOT_ACCEPTED},
     *     {@link ProblemCode#OUTCOME_UNKNOWN}, or as {@link DatabaseCalls#call}
     */
    Uni<RedriveResult> one(UUID id, Mode mode, String who) {
        return database.call(() -> prepare(id, mode, who), NOTHING_SENT)
                .flatMap(batch -> send(batch, who).map(result -> one(id, batch, result)));
    }

    private static RedriveResult one(UUID id, PreparedBatch batch, BatchResult result) {
        String state = Objects.requireNonNull(result.states().get(id));
        Header eventId = batch.records().get(0).headers().lastHeader(EventHeader.ID.key());
        return new RedriveResult(
                id,
                state,
                eventId == null || eventId.value() == null
                        ? null
                        : EventId.parse(new String(eventId.value(), UTF_8)).orElse(null));
    }

    private PreparedBatch prepare(UUID id, Mode mode, String who) {
        Candidate letter = store.find(id).orElseThrow(DeadLettersResource::notFound);
        PreparedBatch batch = prepare(new Candidates(List.of(letter), null), mode, who);
        for (Refused refused : batch.refused()) {
            throw ProblemException.of(refused.code(), refused.detail(), id);
        }
        return batch;
    }

    /**
     * Sends some again, oldest first.
     *
     * @param who the caller
     * @return fails with {@link ProblemCode#NOT_ACCEPTED}, {@link ProblemCode#OUTCOME_UNKNOWN}, or as
     *     {@link DatabaseCalls#call}
     */
    Uni<Redriven> some(RedriveQuery query, String who) {
        return database.call(
                        () -> prepare(
                                store.oldest(query.filter(), query.mode(), query.after(), query.limit()),
                                query.mode(),
                                who),
                        NOTHING_SENT)
                .flatMap(batch -> send(batch, who)
                        .map(result -> new Redriven(result.sent().size(), batch.refused(), batch.next())));
    }

    private PreparedBatch prepare(Candidates candidates, Mode mode, String who) {
        List<Candidate> letters = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Candidate letter : candidates.candidates()) {
            try {
                records.add(encoder.encode(letter, mode));
                letters.add(letter);
            } catch (NotRedrivableException e) {
                refused.add(new Refused(letter.id(), e.code(), e.detail()));
            }
        }
        List<UUID> ids = letters.stream().map(Candidate::id).toList();
        Map<UUID, Long> notes = ids.isEmpty() ? Map.of() : store.begin(ids, mode, who);
        return new PreparedBatch(letters, records, notes, refused, candidates.next());
    }

    private Uni<BatchResult> send(PreparedBatch batch, String who) {
        List<Uni<Sent>> sending = new ArrayList<>();
        for (int i = 0; i < batch.letters().size(); i++) {
            Candidate letter = batch.letters().get(i);
            long note = Objects.requireNonNull(batch.notes().get(letter.id()));
            sending.add(send(letter, batch.records().get(i), note, who));
        }
        return sending.isEmpty()
                ? Uni.createFrom().item(new BatchResult(List.of(), Map.of()))
                : Uni.join().all(sending).andFailFast().flatMap(this::end);
    }

    private Uni<Sent> send(Candidate letter, ProducerRecord<byte[], byte[]> record, long note, String who) {
        return publisher
                .redrive(record, letter.id())
                .replaceWith(Outcome.SENT)
                .onFailure(ProblemException.class)
                .recoverWithItem(e -> Outcome.of(e.code()))
                .invoke(outcome -> logOutcome(letter, who, outcome))
                .map(outcome -> new Sent(letter.id(), letter.attempts(), note, outcome));
    }

    private void logOutcome(Candidate letter, String who, Outcome outcome) {
        metrics.redriven(outcome);
        LogLine.of("dead-letter-redriven")
                .with("deadLetterId", letter.id())
                .with(LogLine.CALLER, who)
                .with("outcome", outcome.code())
                .write(LOG, Level.INFO);
    }

    private Uni<BatchResult> end(List<Sent> sent) {
        long acknowledged =
                sent.stream().filter(one -> one.outcome() == Outcome.SENT).count();
        return database.call(() -> store.end(sent), NOT_NOTED.formatted(acknowledged, sent.size()))
                .invoke(states -> refuseUnlessAllSent(sent))
                .map(states -> new BatchResult(sent, states));
    }

    private static void refuseUnlessAllSent(List<Sent> sent) {
        for (Outcome outcome : List.of(Outcome.OUTCOME_UNKNOWN, Outcome.NOT_ACCEPTED)) {
            List<UUID> ids = sent.stream()
                    .filter(one -> one.outcome() == outcome)
                    .map(Sent::id)
                    .toList();
            if (!ids.isEmpty()) {
                throw outcome.problem(ids, sent.size());
            }
        }
    }
}
