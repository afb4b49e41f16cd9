package io.sluice.consumer.deadletters;

import io.sluice.consumer.topics.ProducerConfiguration;
import io.sluice.consumer.topics.ProducerConfiguration.Timeouts;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Topic;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Puts dead letters on their topic. */
@Singleton
public class DeadLetterPublisher {

    private static final Logger LOG = Logger.getLogger(DeadLetterPublisher.class.getName());

    /** Timeout of the delivery of a dead letter, retries included. */
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final Duration BLOCK = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final String topic;

    DeadLetterPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, Topics topics, KafkaSettings settings) {
        this.kafka = configuration(kafka);
        this.topics = topics;
        this.topic = settings.topicName(Topic.DEAD_LETTERS);
    }

    private static Map<String, Object> configuration(Map<String, Object> kafka) {
        Map<String, Object> all = ProducerConfiguration.of(
                kafka, "sluice-consumer-dead-letters", Topic.DEAD_LETTERS, new Timeouts(DELIVERY, REQUEST, BLOCK));
        all.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        return all;
    }

    /**
     * Publishes all of them and waits until the broker has acknowledged all. After a failure some may be on the topic
     * already; published again they have the same ids.
     *
     * @throws ExecutionException if any was not acknowledged
     * @throws RuntimeException if the topics do not exist, or the broker does not answer
     */
    public void publish(List<DeadLetter> letters) throws ExecutionException, InterruptedException {
        if (letters.isEmpty()) {
            return;
        }
        // Queried each time: dead letters are rare, and a topic may have been recreated with another id.
        UUID origin = topics.awaitId(Topic.MESSAGES);
        List<Published> published =
                letters.stream().map(letter -> new Published(letter, origin)).toList();
        // A new producer each time: one that was refused once never delivers again, and a long-lived one would recreate
        // a topic that is deleted meanwhile, because a producer cannot query a topic without creating it.
        Producer<byte[], byte @Nullable []> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            // The first one goes alone: without a broker each would block the producer for max.block.ms, one by one.
            send(producer, published.subList(0, 1));
            send(producer, published.subList(1, published.size()));
        } finally {
            // Each is acknowledged, or the batch comes again.
            producer.close(Duration.ZERO);
        }
        log(published);
    }

    private void send(Producer<byte[], byte @Nullable []> producer, List<Published> letters)
            throws ExecutionException, InterruptedException {
        List<Sending> sending = new ArrayList<>(letters.size());
        for (Published letter : letters) {
            Sending one =
                    new Sending(letter, producer.send(DeadLetterEncoder.encode(letter.letter, letter.origin, topic)));
            if (one.acknowledgement.isDone()) {
                // A producer that loses all brokers forgets the topic, and each would block it as above.
                await(producer, one);
            } else {
                sending.add(one);
            }
        }
        for (Sending one : sending) {
            await(producer, one);
        }
    }

    private record Sending(Published letter, Future<RecordMetadata> acknowledgement) {}

    private void await(Producer<byte[], byte @Nullable []> producer, Sending one)
            throws ExecutionException, InterruptedException {
        try {
            one.acknowledgement.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            Published letter = one.letter;
            producer.send(DeadLetterEncoder.encodeWithoutRecord(letter.letter, letter.origin, topic))
                    .get();
        }
    }

    /**
     * A published dead letter.
     *
     * @param letter the dead letter
     * @param origin the id of the topic of the original record
     */
    private record Published(DeadLetter letter, UUID origin) {

        LogLine line() {
            return letter.describe(
                    LogLine.of("record-dead-lettered").with("deadLetterId", DeadLetterEncoder.id(letter, origin)));
        }
    }

    /**
     * Logs the first dead letter of each reason at WARN, with their number, and the others at DEBUG, so that a flood of
     * dead letters does not flood the log. The topic has all of them.
     */
    private static void log(List<Published> letters) {
        Map<DeadLetterReason, List<Published>> byReason =
                letters.stream().collect(Collectors.groupingBy(published -> published.letter.reason()));
        for (List<Published> these : byReason.values()) {
            these.get(0).line().with("count", these.size()).write(LOG, Level.WARN);
            these.stream().skip(1).forEach(letter -> letter.line().write(LOG, Level.DEBUG));
        }
    }
}
