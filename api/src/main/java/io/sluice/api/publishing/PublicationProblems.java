package io.sluice.api.publishing;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import jakarta.inject.Singleton;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Tells clients and the log of what was not published. */
@Singleton
class PublicationProblems {

    private static final Logger LOG = Logger.getLogger(EventPublisher.class.getName());

    private final RejectionTracker rejections;

    private final LogRateLimiter notAcceptedLines = new LogRateLimiter();
    private final LogRateLimiter outcomeUnknownLines = new LogRateLimiter();

    PublicationProblems(RejectionTracker rejections) {
        this.rejections = rejections;
    }

    /** Nothing of an event is in Kafka, for this reason. */
    static final class RejectedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Rejection rejection;

        RejectedException(Rejection rejection) {
            super(rejection.code(), null, false, false);
            this.rejection = rejection;
        }
    }

    /** The problem of what the producer, which does not wait, has not taken. */
    ProblemException notTaken(Publication publication, @Nullable Exception reason) {
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

    /** The problem of what the producer has taken and not delivered. */
    ProblemException notDelivered(Publication publication, Exception failure) {
        return failure instanceof RejectedException refused
                ? refused(publication, refused.rejection)
                : outcomeUnknown(publication, failure);
    }

    /** The problem of what was not handed to the producer. */
    ProblemException notAccepted(Publication publication, String reason) {
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

    static Throwable innermost(Throwable e) {
        return e.getCause() == null ? e : innermost(e.getCause());
    }
}
