package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.progress.BatchProgress;
import io.sluice.contract.DeadLetterReason;
import io.sluice.runtime.logs.LogLine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Bisection of one batch, which can be interrupted by a failure and resumed. */
final class Bisection {

    /** Number of rejections with the same SQLSTATE after which a single event is rejected for good. */
    static final int REQUIRED_REJECTIONS = 3;

    private static final Logger LOG = Logger.getLogger(Bisection.class.getName());

    private final EventStore store;
    private final AdaptiveBatchSize batchSize;
    private final BatchProgress progress;

    /** Batches that remain, in order. */
    private final Deque<List<ReceivedEvent>> next = new ArrayDeque<>();

    /** Single events that cannot be stored now, and those behind them in their partitions. */
    private final List<ReceivedEvent> held = new ArrayList<>();

    private final Set<Integer> heldPartitions = new HashSet<>();
    private String heldBecause = "";
    private Outcome outcome = Outcome.NOTHING;

    Bisection(EventStore store, AdaptiveBatchSize batchSize, BatchProgress progress, List<ReceivedEvent> events) {
        this.store = store;
        this.batchSize = batchSize;
        this.progress = progress;
        next.addAll(batchSize.split(events));
    }

    /**
     * Resumes where it was interrupted.
     *
     * @return the outcome, once each event is stored or rejected
     * @throws SQLException if the database is not available; no event is at fault
     * @throws HeldException if all events were tried and some are held
     */
    Outcome run() throws SQLException, HeldException {
        while (!next.isEmpty()) {
            List<ReceivedEvent> events = withoutHeld(next.element());
            if (!events.isEmpty()) {
                StoreResult result = tryToStore(events);
                next.remove();
                take(events, result);
            } else {
                next.remove();
            }
        }
        if (held.isEmpty()) {
            return outcome;
        }
        throw new HeldException(hold());
    }

    private List<ReceivedEvent> withoutHeld(List<ReceivedEvent> events) {
        if (heldPartitions.isEmpty()) {
            return events;
        }
        List<ReceivedEvent> free = new ArrayList<>();
        for (ReceivedEvent received : events) {
            (heldPartitions.contains(received.record().partition()) ? held : free).add(received);
        }
        // An interrupted attempt must not hold them twice.
        next.remove();
        next.addFirst(free);
        return next.element();
    }

    private StoreResult tryToStore(List<ReceivedEvent> events) throws SQLException {
        progress.heartbeat();
        long began = System.nanoTime();
        StoreResult result = events.size() == 1 ? tryAlone(events) : store.store(events);
        if (result instanceof StoreFailure) {
            batchSize.failed(events.size(), Duration.ofNanos(System.nanoTime() - began));
        } else {
            batchSize.stored();
        }
        return result;
    }

    private StoreResult tryAlone(List<ReceivedEvent> one) throws SQLException {
        StoreResult result = store.store(one);
        for (int time = 2; time <= REQUIRED_REJECTIONS && result instanceof Rejection before; time++) {
            result = store.store(one);
            if (result instanceof Rejection again && !again.state().equals(before.state())) {
                throw new SQLException("refused with %s, then with %s".formatted(before.state(), again.state()));
            }
        }
        return result;
    }

    private void take(List<ReceivedEvent> events, StoreResult result) {
        if (result instanceof Outcome done) {
            outcome = outcome.plus(done);
        } else if (events.size() > 1) {
            log(events, result);
            int middle = events.size() / 2;
            next.addFirst(events.subList(middle, events.size()));
            next.addFirst(events.subList(0, middle));
        } else if (result instanceof Rejection rejection) {
            outcome = outcome.plus(new Outcome(0, 0, List.of(deadLetter(events.get(0), rejection))));
        } else if (result instanceof StoreFailure failure) {
            log(events, result);
            ReceivedEvent received = events.get(0);
            held.add(received);
            heldPartitions.add(received.record().partition());
            heldBecause = "%s-%d@%d cannot be stored: %s"
                    .formatted(
                            received.record().topic(),
                            received.record().partition(),
                            received.record().offset(),
                            failure.cause());
        }
    }

    private static DeadLetter deadLetter(ReceivedEvent received, Rejection rejection) {
        return new DeadLetter(
                received.record(), received.event(), DeadLetterReason.REJECTED_BY_DATABASE, rejection.detail());
    }

    /** Requeues the held events, the first of each partition alone; returns why they are held. */
    private String hold() {
        Map<Integer, List<ReceivedEvent>> byPartition = held.stream()
                .collect(Collectors.groupingBy(it -> it.record().partition(), LinkedHashMap::new, Collectors.toList()));
        byPartition.values().forEach(events -> {
            next.add(events.subList(0, 1));
            next.addAll(batchSize.split(events.subList(1, events.size())));
        });
        held.clear();
        heldPartitions.clear();
        return heldBecause;
    }

    private static void log(List<ReceivedEvent> events, StoreResult result) {
        ConsumerRecord<?, ?> first = events.get(0).record();
        LogLine line = LogLine.of("events-refused")
                .with("count", events.size())
                .with("topic", first.topic())
                .with("partition", first.partition())
                .with("offset", first.offset());
        if (result instanceof Rejection rejection) {
            line.with("sqlState", rejection.state());
        } else if (result instanceof StoreFailure failure) {
            line.with("reason", failure.cause());
        }
        line.write(LOG, Level.DEBUG);
    }

    /** Some events are held until they can be stored. */
    static final class HeldException extends Exception {

        private static final long serialVersionUID = 1L;

        HeldException(String message) {
            super(message);
        }
    }
}
