package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Comparison;
import io.sluice.benchmarks.Report.Latency;
import io.sluice.benchmarks.Report.Speed;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.local.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Measures the relay of the packaged consumer: from the commit of a single event until it is on the topic, while nothing else happens;
 * and how fast it empties a full outbox, against a producer that sends the same records, with the same durability and no database.
 *
 * @param project the measured checkout, packaged
 * @param events number of events in the full outbox
 * @param single number of single events
 */
record OutboxBenchmark(Path project, int rounds, int events, int single) {

    private static final int AGGREGATES = 1_000;

    /** Time between two single events; no multiple of the relay's pause, so that they meet each moment of it. */
    private static final Duration APART = Duration.ofMillis(137);

    /** Single events before those that count. */
    private static final int WARM_UP = 20;

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long BETWEEN_LOOKS_MILLIS = 5;

    Report run() throws IOException, SQLException, InterruptedException {
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of());
                OutboxTable outbox = OutboxTable.of(environment.postgres())) {
            MessagesTopic topic = new MessagesTopic(environment.settings().kafka());
            Cores relayCores = new Cores(environment::processes);
            Cores producerCores = new Cores(environment::processes);
            List<Double> relay = new ArrayList<>();
            List<Double> producer = new ArrayList<>();
            Program consumer = environment.start(project, "consumer", Map.of());
            Latency latency = latency(outbox, topic);
            for (int round = 1; round <= rounds; round++) {
                ProgressLog.log("round %d of %d".formatted(round, rounds));
                Cores.Watch watch = producerCores.watch();
                producer.add(perSecond(send(topic)));
                watch.end();
                outbox.add(events, AGGREGATES);
                watch = relayCores.watch();
                relay.add(perSecond(awaitEmpty(outbox)));
                watch.end();
            }
            environment.stop(consumer);
            return report(
                    latency,
                    List.of(
                            new Speed("producer alone", Spread.of(producer), producerCores.average()),
                            new Speed("relay", Spread.of(relay), relayCores.average())));
        }
    }

    private double perSecond(Duration took) {
        double speed = events / (took.toNanos() / 1e9);
        ProgressLog.log("%,.0f events/s".formatted(speed));
        return speed;
    }

    /** Times from the commit until a reader of the topic has the event. */
    private Latency latency(OutboxTable outbox, MessagesTopic topic) throws SQLException, InterruptedException {
        double[] millis = new double[single];
        try (MessagesTopic.Tail tail = topic.tail()) {
            for (int n = -WARM_UP; n < single; n++) {
                Event event = OutboxTable.event(n + WARM_UP, AGGREGATES);
                outbox.add(event);
                long committed = System.nanoTime();
                tail.awaitId(event.id().toString());
                millis[Math.max(0, n)] = (System.nanoTime() - committed) / 1e6;
                Thread.sleep(APART.toMillis());
            }
        }
        Arrays.sort(millis);
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("50", millis[single / 2]);
        percentiles.put("99", millis[Math.min(single - 1, single * 99 / 100)]);
        percentiles.put("100", millis[single - 1]);
        ProgressLog.log("from commit to topic, ms: " + percentiles);
        return new Latency("one event at a time", "relay", 1_000 / APART.toMillis(), percentiles);
    }

    /** Sends the records of a full outbox with a producer of the relay's settings. */
    private Duration send(MessagesTopic topic) throws InterruptedException {
        List<Event> all = new ArrayList<>(events);
        for (int n = 0; n < events; n++) {
            all.add(OutboxTable.event(n, AGGREGATES));
        }
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of("acks", "all", "linger.ms", "0"))) {
            long start = System.nanoTime();
            List<Future<?>> sent = new ArrayList<>(events);
            for (Event event : all) {
                sent.add(producer.send(EventCodec.encode(event, topic.name())));
            }
            for (Future<?> each : sent) {
                each.get();
            }
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new Failure("An event was not sent: " + e.getCause());
        }
    }

    private static Duration awaitEmpty(OutboxTable outbox) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        while (!outbox.isEmpty()) {
            if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                throw new Failure("The outbox still has %d events after %d minutes."
                        .formatted(outbox.count(), TIMEOUT.toMinutes()));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Report report(Latency latency, List<Speed> speeds) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("rounds", rounds + ", the contenders taking turns");
        parameters.put("events", "%,d of %,d aggregates, committed at once".formatted(events, AGGREGATES));
        parameters.put("single events", "%,d, %d ms apart".formatted(single, APART.toMillis()));
        return Report.of(
                Subject.OUTBOX,
                project,
                parameters,
                List.of(Comparison.of("%,d events".formatted(events), "events/s", speeds)),
                List.of(latency),
                List.of(
                        "Latency goes from the return of the commit until a reader of the topic has the event.",
                        "The relay is done when the outbox is empty: each row is read, sent, acknowledged and deleted. The producer alone "
                                + "sends records that are in memory.",
                        "The consumer stores the events meanwhile, those of both contenders. All share the machine."));
    }
}
