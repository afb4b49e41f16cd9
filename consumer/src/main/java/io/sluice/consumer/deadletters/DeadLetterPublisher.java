package io.sluice.consumer.deadletters;

import io.sluice.consumer.topics.Topics;
import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts dead letters on their topic. */
@Singleton
public class DeadLetterPublisher {

    private static final Logger LOG = Logger.getLogger(DeadLetterPublisher.class);

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
        UUID origin = Objects.requireNonNull(Uni.createFrom()
                .completionStage(topics::ids)
                .await()
                .indefinitely()
                .get(Topic.MESSAGES));
        // The first one goes alone: without a broker each would block the producer for max.block.ms, one by one.
        send(letters.get(0), origin).await().indefinitely();
        if (letters.size() > 1) {
            sendAll(letters.subList(1, letters.size()), origin).await().indefinitely();
        }
    }

    private Uni<List<Void>> sendAll(List<DeadLetter> letters, UUID origin) {
        List<Uni<Void>> sent =
                letters.stream().map(letter -> send(letter, origin)).toList();
        return Uni.join().all(sent).andCollectFailures();
    }

    private Uni<Void> send(DeadLetter letter, UUID origin) {
        UUID id = DeadLetterEncoder.id(letter, origin);
        return emitter.send(DeadLetterEncoder.encode(letter, id, topic))
                .invoke(() -> LOG.warnf(
                        "record-dead-lettered id=%s reason=%s topic=%s partition=%d offset=%d detail=\"%s\"",
                        id,
                        letter.reason().code(),
                        letter.record().topic(),
                        letter.record().partition(),
                        letter.record().offset(),
                        letter.detail()));
    }
}
