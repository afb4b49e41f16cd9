package io.sluice.api.publishing;

import io.quarkus.logging.Log;
import io.sluice.api.http.ProblemCode;
import io.sluice.api.http.ProblemException;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Hands events to Kafka, without ever blocking the thread that brings them. */
@ApplicationScoped
public class EventPublisher {

    /** How many events wait in the program before it refuses more of them. */
    private static final long MAX_WAITING = 10_000;

    /** A little more than the producer's {@code delivery.timeout.ms}, which speaks first wherever it can. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(12);

    private final MutinyEmitter<byte[]> emitter;
    private final Topics topics;
    private final String topic;

    EventPublisher(
            @Channel("messages") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MAX_WAITING)
                    MutinyEmitter<byte[]> emitter,
            Topics topics,
            Settings settings) {
        this.emitter = emitter;
        this.topics = topics;
        this.topic = settings.topicName(Topic.MESSAGES);
    }

    /**
     * Publishes an event.
     *
     * @return completes when the broker has acknowledged it; fails with {@link ProblemCode#NOT_ACCEPTED} where it was never
     *     handed to the producer, and with {@link ProblemCode#OUTCOME_UNKNOWN} where the broker may have it
     */
    public Uni<Void> publish(Event event) {
        if (!topics.seen()) {
            return Uni.createFrom().failure(notAccepted(event.id(), topics.state()));
        }
        try {
            return emitter.sendMessage(message(event))
                    .ifNoItem()
                    .after(ANSWER_WITHIN)
                    .fail()
                    .onFailure()
                    .transform(e -> outcomeUnknown(event.id(), e));
        } catch (IllegalStateException overflow) {
            return Uni.createFrom().failure(notAccepted(event.id(), "too many events wait for Kafka"));
        }
    }

    private Message<byte[]> message(Event event) {
        ProducerRecord<byte[], byte[]> record = EventCodec.encode(event, topic);
        return Message.of(record.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withTopic(topic)
                        .withKey(record.key())
                        .withHeaders(record.headers())
                        .build());
    }

    private static ProblemException notAccepted(UUID id, String reason) {
        return ProblemException.of(
                ProblemCode.NOT_ACCEPTED, "The event was not handed to Kafka (" + reason + "); send it again.", id);
    }

    private static ProblemException outcomeUnknown(UUID id, Throwable e) {
        Log.warnf("outcome-unknown id=%s reason=%s", id, e);
        return ProblemException.of(
                ProblemCode.OUTCOME_UNKNOWN,
                "Kafka has not acknowledged the event in time. Send it again with this id, or with the same "
                        + "Idempotency-Key if it had one: then it is stored once, whatever became of this attempt.",
                id);
    }
}
