package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.logs.LogLine;
import io.sluice.consumer.progress.BatchProgress;
import io.sluice.contract.DeadLetterReason;
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

/** The way of one batch into the database, which can be broken off by a failure and taken up again. */
final class Halving {

    /** How often an event has to be refused alone, always with the same state, before it is given up. */
    static final int TIMES = 3;

    private static final Logger LOG = Logger.getLogger(Halving.class.getName());

    private final EventStore store;
    private final Portions portions;
    private final BatchProgress progress;

    /** What is still to be tried, in order. */
    private final Deque<List<Arrival>> next = new ArrayDeque<>();

    /** What has to wait: single events that cannot be stored now, and those behind them in their partitions. */
    private final List<Arrival> held = new ArrayList<>();

    private final Set<Integer> heldPartitions = new HashSet<>();
    private String heldBecause = "";
    private Outcome outcome = Outcome.NOTHING;

    Halving(EventStore store, Portions portions, BatchProgress progress, List<Arrival> arrivals) {
        this.store = store;
        this.portions = portions;
        this.progress = progress;
        next.addAll(portions.of(arrivals));
    }

    /**
     * Goes on where it was broken off.
     *
     * @return when each event is stored or refused
     * @throws SQLException if the database is not well; nothing is said about any event
     * @throws HeldException if all are tried, and some have to wait
     */
    Outcome run() throws SQLException, HeldException {
        while (!next.isEmpty()) {
            List<Arrival> arrivals = withoutHeld(next.element());
            if (!arrivals.isEmpty()) {
                StoreResult result = tryToStore(arrivals);
                next.remove();
                take(arrivals, result);
            } else {
                next.remove();
            }
        }
        if (held.isEmpty()) {
            return outcome;
        }
        throw new HeldException(hold());
    }

    private List<Arrival> withoutHeld(List<Arrival> arrivals) {
        if (heldPartitions.isEmpty()) {
            return arrivals;
        }
        List<Arrival> free = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            (heldPartitions.contains(arrival.record().partition()) ? held : free).add(arrival);
        }
        // A try that is broken off must not hold them twice.
        next.remove();
        next.addFirst(free);
        return next.element();
    }

    private StoreResult tryToStore(List<Arrival> arrivals) throws SQLException {
        progress.heartbeat();
        long began = System.nanoTime();
        StoreResult result = arrivals.size() == 1 ? tryAlone(arrivals) : store.store(arrivals);
        if (result instanceof Setback) {
            portions.failed(arrivals.size(), Duration.ofNanos(System.nanoTime() - began));
        } else {
            portions.stored();
        }
        return result;
    }

    private StoreResult tryAlone(List<Arrival> one) throws SQLException {
        StoreResult result = store.store(one);
        for (int time = 2; time <= TIMES && result instanceof Refusal before; time++) {
            result = store.store(one);
            if (result instanceof Refusal again && !again.state().equals(before.state())) {
                throw new SQLException("refused with %s, then with %s".formatted(before.state(), again.state()));
            }
        }
        return result;
    }

    private void take(List<Arrival> arrivals, StoreResult result) {
        if (result instanceof Outcome done) {
            outcome = outcome.plus(done);
        } else if (arrivals.size() > 1) {
            tell(arrivals, result);
            int middle = arrivals.size() / 2;
            next.addFirst(arrivals.subList(middle, arrivals.size()));
            next.addFirst(arrivals.subList(0, middle));
        } else if (result instanceof Refusal refusal) {
            outcome = outcome.plus(new Outcome(0, 0, List.of(deadLetter(arrivals.get(0), refusal))));
        } else if (result instanceof Setback setback) {
            tell(arrivals, result);
            Arrival arrival = arrivals.get(0);
            held.add(arrival);
            heldPartitions.add(arrival.record().partition());
            heldBecause = "%s-%d@%d cannot be stored: %s"
                    .formatted(
                            arrival.record().topic(),
                            arrival.record().partition(),
                            arrival.record().offset(),
                            setback.cause());
        }
    }

    private static DeadLetter deadLetter(Arrival arrival, Refusal refusal) {
        return new DeadLetter(
                arrival.record(), arrival.event(), DeadLetterReason.REJECTED_BY_DATABASE, refusal.detail());
    }

    /** What waits is tried again, the first of each partition alone; returns why it waits. */
    private String hold() {
        Map<Integer, List<Arrival>> byPartition = held.stream()
                .collect(Collectors.groupingBy(it -> it.record().partition(), LinkedHashMap::new, Collectors.toList()));
        byPartition.values().forEach(arrivals -> {
            next.add(arrivals.subList(0, 1));
            next.addAll(portions.of(arrivals.subList(1, arrivals.size())));
        });
        held.clear();
        heldPartitions.clear();
        return heldBecause;
    }

    private static void tell(List<Arrival> arrivals, StoreResult result) {
        ConsumerRecord<?, ?> first = arrivals.get(0).record();
        LogLine line = LogLine.of("events-refused")
                .with("count", arrivals.size())
                .with("topic", first.topic())
                .with("partition", first.partition())
                .with("offset", first.offset());
        if (result instanceof Refusal refusal) {
            line.with("sqlState", refusal.state());
        } else if (result instanceof Setback setback) {
            line.with("reason", setback.cause());
        }
        line.write(LOG, Level.DEBUG);
    }

    /** Some events wait until they can be stored. */
    static final class HeldException extends Exception {

        private static final long serialVersionUID = 1L;

        HeldException(String message) {
            super(message);
        }
    }
}
