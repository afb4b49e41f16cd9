package io.sluice.api.publishing;

import io.quarkus.runtime.Startup;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.settings.KafkaSettings;
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

/** Publishes events to Kafka, without ever blocking the calling thread. */
@Startup
@ApplicationScoped
public class EventPublisher {

    private static final Logger LOG = Logger.getLogger(EventPublisher.class.getName());

    private final EventProducer producer;
    private final Topics topics;
    private final InFlightSends sends;
    private final KafkaCircuitBreaker breaker;
    private final RejectionTracker rejections;
    private final String topic;

    private final LogRateLimiter notAcceptedLines = new LogRateLimiter();
    private final LogRateLimiter outcomeUnknownLines = new LogRateLimiter();

    EventPublisher(
            EventProducer producer,
            Topics topics,
            InFlightSends sends,
            KafkaCircuitBreaker breaker,
            RejectionTracker rejections,
            KafkaSettings settings) {
        this.producer = producer;
        this.topics = topics;
        this.sends = sends;
        this.breaker = breaker;
        this.rejections = rejections;
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
        return publish(new Publication(EventCodec.encode(event, topic), event.id(), line -> line.about(event)));
    }

    /**
     * Publishes the record of a dead letter.
     *
     * @return as that of {@link #publish}
     */
    public Uni<Void> redrive(ProducerRecord<byte[], byte[]> record, UUID deadLetterId) {
        return publish(new Publication(record, deadLetterId, line -> line.with("deadLetterId", deadLetterId)));
    }

    /**
     * A record to publish.
     *
     * @param id what clients know it by
     * @param about adds what the log knows it by
     */
    private record Publication(ProducerRecord<byte[], byte[]> record, UUID id, UnaryOperator<LogLine> about) {}

    private Uni<Void> publish(Publication publication) {
        TopicProducer serving = producer.current();
        if (serving == null) {
            return Uni.createFrom().failure(notAccepted(publication, topics.state()));
        }
        String over = serving.over();
        if (over != null) {
            return Uni.createFrom().failure(notAccepted(publication, over));
        }
        return breaker.admit()
                ? Uni.createFrom().emitter(answer -> send(publication, serving, answer))
                : Uni.createFrom().failure(notAccepted(publication, "Kafka acknowledges no events"));
    }

    private void send(Publication publication, TopicProducer to, UniEmitter<? super Void> answer) {
        Thread sender = Thread.currentThread();
        Executor caller = callersContext();
        PendingSend pending =
                sends.begin(to.inFlight(), failure -> caller.execute(() -> answer(publication, failure, answer)));
        try {
            to.send(publication.record(), (written, failure) -> {
                if (Thread.currentThread().equals(sender)) {
                    sends.refused(pending);
                    answer.fail(notTaken(publication, failure));
                } else {
                    sends.done(pending, outcome(to, pending, failure));
                }
            });
        } catch (SameTopicPartitioner.Answer | IllegalStateException neverTaken) {
            sends.refused(pending);
            answer.fail(notAccepted(publication, String.valueOf(to.over())));
        } catch (KafkaException failedForGood) {
            rejections.failed(innermost(failedForGood).toString());
            sends.done(pending, failedForGood);
        }
    }

    /** The outcome for an event that the producer has taken; on the producer's thread. */
    private @Nullable Exception outcome(TopicProducer from, PendingSend pending, @Nullable Exception failure) {
        if (failure == null) {
            rejections.acknowledged();
            return from.isInTopic() ? null : new SameTopicPartitioner.Answer(false);
        }
        Rejection rejection = Rejection.of(failure).orElse(null);
        if (rejection == null) {
            return failure;
        }
        rejections.refused(rejection);
        // Refused now; but sent before and not answered, it may have been written then.
        return from.hasRetriedSince(pending.begun()) ? failure : new RejectedException(rejection);
    }

    /** Nothing of an event is in Kafka, for this reason. */
    private static final class RejectedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Rejection rejection;

        RejectedException(Rejection rejection) {
            super(rejection.code(), null, false, false);
            this.rejection = rejection;
        }
    }

    /** The problem of an event that the producer, which does not wait, has not taken. */
    private ProblemException notTaken(Publication publication, @Nullable Exception reason) {
        Rejection rejection = Rejection.of(reason).orElse(null);
        if (rejection != null) {
            rejections.refused(rejection);
            return refused(publication, rejection);
        }
        return notAccepted(
                publication,
                reason instanceof TimeoutException
                        ? "too many events wait for Kafka, or Kafka does not answer"
                        : "the producer does not work");
    }

    private void answer(Publication publication, @Nullable Exception failure, UniEmitter<? super Void> answer) {
        if (failure == null) {
            answer.complete(null);
        } else if (failure instanceof RejectedException refused) {
            answer.fail(refused(publication, refused.rejection));
        } else {
            answer.fail(outcomeUnknown(publication, failure));
        }
    }

    /** Back to where the request is: the acknowledgement comes on a thread of the producer. */
    private static Executor callersContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(unused -> task.run());
    }

    private ProblemException notAccepted(Publication publication, String reason) {
        return notAccepted(publication, reason, "The event was not handed to Kafka (" + reason + "); send it again.");
    }

    private ProblemException refused(Publication publication, Rejection rejection) {
        return notAccepted(
                publication,
                rejection.code(),
                "Kafka has refused the event, and does not have it: " + rejection.remedy()
                        + ". Send it again when that is done.");
    }

    private ProblemException notAccepted(Publication publication, String reason, String detail) {
        publication
                .about()
                .apply(LogLine.of("not-accepted"))
                .with("reason", reason)
                .write(LOG, notAcceptedLines);
        return ProblemException.of(ProblemCode.NOT_ACCEPTED, detail, publication.id());
    }

    private ProblemException outcomeUnknown(Publication publication, Throwable e) {
        publication
                .about()
                .apply(LogLine.of("outcome-unknown"))
                .with("reason", innermost(e))
                .write(LOG, outcomeUnknownLines);
        return ProblemException.of(
                ProblemCode.OUTCOME_UNKNOWN,
                "Kafka has not acknowledged the event in time. Send it again with this id, or with the same "
                        + "Idempotency-Key if it had one: then it is stored once, whatever became of this attempt.",
                publication.id());
    }

    private static Throwable innermost(Throwable e) {
        return e.getCause() == null ? e : innermost(e.getCause());
    }
}
