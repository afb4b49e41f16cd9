package io.sluice.api.publishing;

import io.quarkus.logging.Log;
import io.sluice.api.http.ProblemCode;
import io.sluice.api.http.ProblemException;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Hands events to Kafka, without ever blocking the thread that brings them. */
@ApplicationScoped
public class EventPublisher {

    /** How many events wait in the program before it refuses more of them. */
    private static final long MAX_WAITING = 10_000;

    /** A little more than the producer's {@code delivery.timeout.ms}, which speaks first wherever it can. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(12);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final Emitter<byte[]> emitter;
    private final Topics topics;
    private final String topic;

    EventPublisher(
            @Channel("messages") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MAX_WAITING)
                    Emitter<byte[]> emitter,
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
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            // This emitter, unlike Mutiny's, throws where its buffer is full: there it is certain that Kafka has
            // nothing.
            emitter.send(message(event, acknowledged));
        } catch (IllegalStateException full) {
            return Uni.createFrom().failure(notAccepted(event.id(), "too many events wait for Kafka"));
        }
        return Uni.createFrom()
                .completionStage(acknowledged)
                .emitOn(callersContext())
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .onFailure()
                .transform(e -> outcomeUnknown(event.id(), e));
    }

    private Message<byte[]> message(Event event, CompletableFuture<Void> acknowledged) {
        ProducerRecord<byte[], byte[]> record = EventCodec.encode(event, topic);
        return Message.of(record.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withTopic(topic)
                        .withKey(record.key())
                        .withHeaders(record.headers())
                        .build())
                .withAck(() -> {
                    acknowledged.complete(null);
                    return DONE;
                })
                .withNack(failure -> {
                    acknowledged.completeExceptionally(failure);
                    return DONE;
                });
    }

    /** Back to where the request is: the acknowledgement comes on a thread of the producer. */
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(unused -> task.run());
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
