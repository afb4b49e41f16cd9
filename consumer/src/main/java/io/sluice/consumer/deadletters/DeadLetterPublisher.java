package io.sluice.consumer.deadletters;

import io.sluice.consumer.logs.LogLine;
import io.sluice.consumer.topics.Topics;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Puts dead letters on their topic. */
@Singleton
public class DeadLetterPublisher {

    private static final Logger LOG = Logger.getLogger(DeadLetterPublisher.class.getName());

    private final MutinyEmitter<ProducerRecord<byte[], byte @Nullable []>> emitter;
    private final Topics topics;
    private final String topic;

    DeadLetterPublisher(
            // Unbounded, because it is bounded already by the size of the batch that is waited for.
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<ProducerRecord<byte[], byte @Nullable []>> emitter,
            Topics topics,
            Settings settings) {
        this.emitter = emitter;
        this.topics = topics;
        this.topic = settings.topicName(Topic.DEAD_LETTERS);
    }

    /**
     * Publishes all of them, and returns when the broker has acknowledged all. If it fails, some may be on the topic; they have
     * the same ids when they are published again.
     *
     * @throws RuntimeException if any was not acknowledged
     */
    public void publish(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        // Asked each time: it is rare, a topic may have been made anew with another id, and the producer, which could
        // make the broker create a topic that does not exist, never asks for this one before it has been seen.
        UUID origin = topics.awaitId(Topic.MESSAGES);
        List<Published> published =
                letters.stream().map(letter -> new Published(letter, origin)).toList();
        // The first one goes alone: without a broker each would block the producer for max.block.ms, one by one.
        send(published.get(0)).await().indefinitely();
        if (published.size() > 1) {
            sendAll(published.subList(1, published.size())).await().indefinitely();
        }
        tell(published);
    }

    private Uni<List<Void>> sendAll(List<Published> letters) {
        return Uni.join().all(letters.stream().map(this::send).toList()).andCollectFailures();
    }

    private Uni<Void> send(Published letter) {
        return emitter.send(DeadLetterEncoder.encode(letter.letter, letter.origin, topic))
                .onFailure(RecordTooLargeException.class)
                .recoverWithUni(
                        () -> emitter.send(DeadLetterEncoder.encodeWithoutRecord(letter.letter, letter.origin, topic)));
    }

    /**
     * A dead letter that is published.
     *
     * @param letter itself
     * @param origin the id of the topic that it lay on
     */
    private record Published(DeadLetter letter, UUID origin) {

        LogLine line() {
            return letter.describe(
                    LogLine.of("record-dead-lettered").with("deadLetterId", DeadLetterEncoder.id(letter, origin)));
        }
    }

    /**
     * A line at WARN for the first of each reason, with their number, and the others at DEBUG: a batch takes the longer the more
     * of it is dead, and so a flood of dead letters is none of lines. The topic has all of them.
     */
    private static void tell(List<Published> letters) {
        Map<DeadLetterReason, List<Published>> byReason =
                letters.stream().collect(Collectors.groupingBy(published -> published.letter.reason()));
        for (List<Published> these : byReason.values()) {
            these.get(0).line().with("count", these.size()).write(LOG, Level.WARN);
            these.stream().skip(1).forEach(letter -> letter.line().write(LOG, Level.DEBUG));
        }
    }
}
