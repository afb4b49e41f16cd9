package io.sluice.api.publishing;

import io.quarkus.logging.Log;
import io.sluice.api.http.ProblemCode;
import io.sluice.api.http.ProblemException;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Hands events to Kafka, without ever blocking the thread that brings them. */
@ApplicationScoped
public class EventPublisher {

    private final EventProducer producer;
    private final Topics topics;
    private final String topic;

    EventPublisher(EventProducer producer, Topics topics, Settings settings) {
        this.producer = producer;
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
        return Uni.createFrom().emitter(answer -> send(event, answer));
    }

    private void send(Event event, UniEmitter<? super Void> answer) {
        Thread sender = Thread.currentThread();
        Executor caller = callersContext();
        try {
            producer.send(EventCodec.encode(event, topic), (written, failure) -> {
                if (Thread.currentThread().equals(sender)) {
                    answer.fail(refused(event.id(), failure));
                } else {
                    caller.execute(() -> answer(event.id(), failure, answer));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // It is closed, or has failed for good.
            answer.fail(refused(event.id(), e));
        }
    }

    private static ProblemException refused(UUID id, @Nullable Exception reason) {
        return notAccepted(id, "the producer does not take it: " + reason);
    }

    private static void answer(UUID id, @Nullable Exception failure, UniEmitter<? super Void> answer) {
        if (failure == null) {
            answer.complete(null);
        } else {
            answer.fail(outcomeUnknown(id, failure));
        }
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
