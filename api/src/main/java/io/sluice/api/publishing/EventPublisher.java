package io.sluice.api.publishing;

import io.quarkus.runtime.Startup;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.logs.LogLine;
import io.sluice.api.logs.Throttle;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.settings.Settings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Hands events to Kafka, without ever blocking the thread that brings them. */
@Startup
@ApplicationScoped
public class EventPublisher {

    private static final Logger LOG = Logger.getLogger(EventPublisher.class.getName());

    private final EventProducer producer;
    private final Topics topics;
    private final Acknowledgements acknowledgements;
    private final Refusals refusals;
    private final String topic;

    private final Throttle notAcceptedLines = new Throttle();
    private final Throttle outcomeUnknownLines = new Throttle();

    EventPublisher(
            EventProducer producer,
            Topics topics,
            Acknowledgements acknowledgements,
            Refusals refusals,
            Settings settings) {
        this.producer = producer;
        this.topics = topics;
        this.acknowledgements = acknowledgements;
        this.refusals = refusals;
        this.topic = settings.topicName(Topic.MESSAGES);
    }

    /**
     * Publishes an event.
     *
     * @return completes when the broker has acknowledged it; fails with {@link ProblemCode#NOT_ACCEPTED} where it was never
     *     handed to the producer or the broker has refused it for certain, and with {@link ProblemCode#OUTCOME_UNKNOWN} where the
     *     broker may have it or get it yet; within 1.6 s
     */
    public Uni<Void> publish(Event event) {
        return publish(new Parcel(EventCodec.encode(event, topic), event.id(), line -> line.about(event)));
    }

    /**
     * Publishes the record of a dead letter.
     *
     * @return as that of {@link #publish}
     */
    public Uni<Void> redrive(ProducerRecord<byte[], byte[]> record, UUID deadLetterId) {
        return publish(new Parcel(record, deadLetterId, line -> line.with("deadLetterId", deadLetterId)));
    }

    /**
     * What is published.
     *
     * @param id what clients know it by
     * @param about adds what the log knows it by
     */
    private record Parcel(ProducerRecord<byte[], byte[]> record, UUID id, UnaryOperator<LogLine> about) {}

    private Uni<Void> publish(Parcel parcel) {
        TopicProducer serving = producer.current();
        if (serving == null) {
            return Uni.createFrom().failure(notAccepted(parcel, topics.state()));
        }
        String over = serving.over();
        if (over != null) {
            return Uni.createFrom().failure(notAccepted(parcel, over));
        }
        return acknowledgements.admit()
                ? Uni.createFrom().emitter(answer -> send(parcel, serving, answer))
                : Uni.createFrom().failure(notAccepted(parcel, "Kafka acknowledges no events"));
    }

    private void send(Parcel parcel, TopicProducer to, UniEmitter<? super Void> answer) {
        Thread sender = Thread.currentThread();
        Executor caller = callersContext();
        Handover handover =
                acknowledgements.begin(to.inFlight(), failure -> caller.execute(() -> answer(parcel, failure, answer)));
        try {
            to.send(parcel.record(), (written, failure) -> {
                if (Thread.currentThread().equals(sender)) {
                    acknowledgements.refused(handover);
                    answer.fail(notTaken(parcel, failure));
                } else {
                    acknowledgements.done(handover, outcome(to, handover, failure));
                }
            });
        } catch (SameTopicPartitioner.Answer | IllegalStateException neverTaken) {
            acknowledgements.refused(handover);
            answer.fail(notAccepted(parcel, String.valueOf(to.over())));
        } catch (KafkaException failedForGood) {
            refusals.failed(innermost(failedForGood).toString());
            acknowledgements.done(handover, failedForGood);
        }
    }

    /** What the producer's word about an event that it has taken means; on the producer's thread. */
    private @Nullable Exception outcome(TopicProducer from, Handover handover, @Nullable Exception failure) {
        if (failure == null) {
            refusals.acknowledged();
            return from.isInTopic() ? null : new SameTopicPartitioner.Answer(false);
        }
        Refusal refusal = Refusal.of(failure).orElse(null);
        if (refusal == null) {
            return failure;
        }
        refusals.refused(refusal);
        // Refused now; but sent before and not answered, it may have been written then.
        return from.hasRetriedSince(handover.begun()) ? failure : new RefusedException(refusal);
    }

    /** Nothing of an event is in Kafka, for this reason. */
    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.code(), null, false, false);
            this.refusal = refusal;
        }
    }

    /** What to say of an event that the producer, which does not wait, has not taken. */
    private ProblemException notTaken(Parcel parcel, @Nullable Exception reason) {
        Refusal refusal = Refusal.of(reason).orElse(null);
        if (refusal != null) {
            refusals.refused(refusal);
            return refused(parcel, refusal);
        }
        return notAccepted(
                parcel,
                reason instanceof TimeoutException
                        ? "too many events wait for Kafka, or Kafka does not answer"
                        : "the producer does not work");
    }

    private void answer(Parcel parcel, @Nullable Exception failure, UniEmitter<? super Void> answer) {
        if (failure == null) {
            answer.complete(null);
        } else if (failure instanceof RefusedException refused) {
            answer.fail(refused(parcel, refused.refusal));
        } else {
            answer.fail(outcomeUnknown(parcel, failure));
        }
    }

    /** Back to where the request is: the acknowledgement comes on a thread of the producer. */
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(unused -> task.run());
    }

    private ProblemException notAccepted(Parcel parcel, String reason) {
        return notAccepted(parcel, reason, "The event was not handed to Kafka (" + reason + "); send it again.");
    }

    private ProblemException refused(Parcel parcel, Refusal refusal) {
        return notAccepted(
                parcel,
                refusal.code(),
                "Kafka has refused the event, and does not have it: " + refusal.remedy()
                        + ". Send it again when that is done.");
    }

    private ProblemException notAccepted(Parcel parcel, String reason, String detail) {
        parcel.about().apply(LogLine.of("not-accepted")).with("reason", reason).write(LOG, notAcceptedLines);
        return ProblemException.of(ProblemCode.NOT_ACCEPTED, detail, parcel.id());
    }

    private ProblemException outcomeUnknown(Parcel parcel, Throwable e) {
        parcel.about()
                .apply(LogLine.of("outcome-unknown"))
                .with("reason", innermost(e))
                .write(LOG, outcomeUnknownLines);
        return ProblemException.of(
                ProblemCode.OUTCOME_UNKNOWN,
                "Kafka has not acknowledged the event in time. Send it again with this id, or with the same "
                        + "Idempotency-Key if it had one: then it is stored once, whatever became of this attempt.",
                parcel.id());
    }

    private static Throwable innermost(Throwable e) {
        return e.getCause() == null ? e : innermost(e.getCause());
    }
}
