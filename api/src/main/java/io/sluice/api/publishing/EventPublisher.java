package io.sluice.api.publishing;

import io.quarkus.runtime.Startup;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.CallerContext;
import io.sluice.api.publishing.PublicationProblems.RejectedException;
import io.sluice.contract.Event;
import io.sluice.contract.Topic;
import io.sluice.settings.KafkaSettings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Publishes events to Kafka, without ever blocking the calling thread. */
@Startup
@ApplicationScoped
public class EventPublisher {

    private final EventProducer producer;
    private final Topics topics;
    private final InFlightSends sends;
    private final KafkaCircuitBreaker breaker;
    private final RejectionTracker rejections;
    private final PublicationProblems problems;
    private final String topic;

    EventPublisher(
            EventProducer producer,
            Topics topics,
            InFlightSends sends,
            KafkaCircuitBreaker breaker,
            RejectionTracker rejections,
            PublicationProblems problems,
            KafkaSettings settings) {
        this.producer = producer;
        this.topics = topics;
        this.sends = sends;
        this.breaker = breaker;
        this.rejections = rejections;
        this.problems = problems;
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
        return publish(Publication.of(event, topic));
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
     * Publishes one of many events of a request, which bounds how many of them wait. It is tried for as long as the producer tries, so
     * that a broker that is started again meanwhile ends no request.
     *
     * @param behindOthers true where others of the request wait for the broker: silent or not, this one may wait with them
     * @param outcome is told {@code null} when the broker has acknowledged it, or the problem as that of {@link #publish(Event)}; mostly
     *     within 10 s and on a thread of the producer, which must go on
     * @return why it is not accepted, of which {@code outcome} is told nothing, or {@code null}
     */
    public @Nullable ProblemException publish(
            Event event, boolean behindOthers, Consumer<@Nullable ProblemException> outcome) {
        Publication publication = Publication.of(event, topic);
        AtomicReference<@Nullable ProblemException> refused = new AtomicReference<>();
        TopicProducer to = producerFor(publication, behindOthers, refused::set);
        if (to != null) {
            send(publication, to, sends.beginPatiently(to.inFlight(), told(publication, outcome)), refused::set);
        }
        return refused.get();
    }

    private Uni<Void> publish(Publication publication) {
        return Uni.createFrom().emitter(answer -> publish(publication, answer));
    }

    private void publish(Publication publication, UniEmitter<? super Void> answer) {
        Consumer<@Nullable ProblemException> outcome = problem -> answer(problem, answer);
        TopicProducer to = producerFor(publication, false, outcome);
        if (to != null) {
            // The acknowledgement comes on a thread of the producer.
            Executor caller = CallerContext.executor();
            Consumer<@Nullable Exception> told = told(publication, outcome);
            send(
                    publication,
                    to,
                    sends.begin(to.inFlight(), failure -> caller.execute(() -> told.accept(failure))),
                    outcome);
        }
    }

    private static void answer(@Nullable ProblemException problem, UniEmitter<? super Void> answer) {
        if (problem == null) {
            answer.complete(null);
        } else {
            answer.fail(problem);
        }
    }

    private Consumer<@Nullable Exception> told(Publication publication, Consumer<@Nullable ProblemException> outcome) {
        return failure -> outcome.accept(failure == null ? null : problems.notDelivered(publication, failure));
    }

    /** The producer to hand it to; {@code null} if there is none, and the reason was told. */
    private @Nullable TopicProducer producerFor(
            Publication publication, boolean behindOthers, Consumer<@Nullable ProblemException> refused) {
        TopicProducer serving = producer.current();
        String reason = serving == null ? topics.state() : serving.over();
        if (reason == null && !behindOthers && !breaker.admit()) {
            reason = "Kafka acknowledges no events";
        }
        if (reason != null) {
            refused.accept(problems.notAccepted(publication, reason));
            return null;
        }
        return serving;
    }

    private void send(
            Publication publication,
            TopicProducer to,
            PendingSend pending,
            Consumer<@Nullable ProblemException> refused) {
        Thread sender = Thread.currentThread();
        try {
            to.send(publication.record(), (written, failure) -> {
                if (Thread.currentThread().equals(sender)) {
                    sends.refused(pending);
                    refused.accept(problems.notTaken(publication, failure));
                } else {
                    sends.done(pending, failure(to, pending, failure));
                }
            });
        } catch (SameTopicPartitioner.Answer | IllegalStateException neverTaken) {
            sends.refused(pending);
            refused.accept(problems.notAccepted(publication, String.valueOf(to.over())));
        } catch (KafkaException failedForGood) {
            rejections.failed(PublicationProblems.innermost(failedForGood).toString());
            sends.done(pending, failedForGood);
        }
    }

    /** Failure of an event that the producer has taken, or {@code null}; on the producer's thread. */
    private @Nullable Exception failure(TopicProducer from, PendingSend pending, @Nullable Exception failure) {
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
}
