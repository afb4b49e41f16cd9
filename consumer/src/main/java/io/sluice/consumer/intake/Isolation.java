package io.sluice.consumer.intake;

import io.sluice.consumer.deadletters.DeadLetter;
import io.sluice.consumer.logs.LogLine;
import io.sluice.consumer.waiting.Part;
import io.sluice.consumer.waiting.Perseverance;
import io.sluice.consumer.waiting.StoppedException;
import io.sluice.contract.DeadLetterReason;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Stores all events but those that the database refuses: halves what is refused until a single event is left. One among n costs
 * about 2 log n transactions, and each other event is written about log n times at most; in exchange the common case stays one
 * transaction without savepoints.
 */
@Singleton
class Isolation {

    /** How often an event has to be refused alone, always with the same state, before it is given up. */
    static final int TIMES = 3;

    private static final Logger LOG = Logger.getLogger(Isolation.class.getName());

    private final EventStore store;
    private final Perseverance perseverance;

    Isolation(EventStore store, Perseverance perseverance) {
        this.store = store;
        this.perseverance = perseverance;
    }

    /** Waits for as long as the database cannot store anything. Order is kept: a half is stored before the next is tried. */
    Outcome store(List<Arrival> arrivals) throws StoppedException {
        return switch (arrivals.size()) {
            case 0 -> Outcome.NOTHING;
            case 1 -> storeAlone(arrivals.get(0));
            default -> storeTogether(arrivals);
        };
    }

    private Outcome storeTogether(List<Arrival> arrivals) throws StoppedException {
        StoreResult result = perseverance.until(Part.DATABASE, () -> store.store(arrivals));
        if (result instanceof Outcome outcome) {
            return outcome;
        }
        tell((Refusal) result, arrivals);
        int middle = arrivals.size() / 2;
        Outcome first = store(arrivals.subList(0, middle));
        return first.plus(store(arrivals.subList(middle, arrivals.size())));
    }

    private static void tell(Refusal refusal, List<Arrival> arrivals) {
        ConsumerRecord<?, ?> first = arrivals.get(0).record();
        LogLine.of("events-refused")
                .with("count", arrivals.size())
                .with("sqlState", refusal.state())
                .with("topic", first.topic())
                .with("partition", first.partition())
                .with("offset", first.offset())
                .write(LOG, Level.DEBUG);
    }

    private Outcome storeAlone(Arrival arrival) throws StoppedException {
        StoreResult result = perseverance.until(Part.DATABASE, () -> tryAlone(arrival));
        if (result instanceof Refusal refusal) {
            return new Outcome(
                    0,
                    0,
                    List.of(new DeadLetter(
                            arrival.record(),
                            arrival.event(),
                            DeadLetterReason.REJECTED_BY_DATABASE,
                            refusal.detail())));
        }
        return (Outcome) result;
    }

    private StoreResult tryAlone(Arrival arrival) throws SQLException {
        StoreResult result = store.store(List.of(arrival));
        for (int time = 2; time <= TIMES && result instanceof Refusal before; time++) {
            result = store.store(List.of(arrival));
            if (result instanceof Refusal again && !again.state().equals(before.state())) {
                throw new SQLException("refused with %s, then with %s".formatted(before.state(), again.state()));
            }
        }
        return result;
    }
}
