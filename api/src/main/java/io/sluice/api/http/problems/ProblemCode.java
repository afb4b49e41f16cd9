package io.sluice.api.http.problems;

import java.util.Locale;

/**
 * The problems that a request can have. Each has a page under {@code docs/problems}, which is what the {@code type} of its problem
 * document refers to.
 */
public enum ProblemCode {
    /** The request breaks a rule; the document lists every violation. */
    INVALID_REQUEST(400, "The request is invalid"),
    /** There is no bearer token, or one that proves nothing. */
    UNAUTHENTICATED(401, "A valid token is needed"),
    /** The token is valid and does not allow this. */
    FORBIDDEN(403, "The token does not allow this"),
    /** A page of an origin that is not one of {@code CORS_ORIGINS} has sent the request. */
    ORIGIN_REFUSED(403, "The origin may not call"),
    /** There is nothing at this path, or nothing stored under this id. */
    NOT_FOUND(404, "Not found"),
    /** The path belongs to a feature that is not one of {@code FEATURES}. */
    FEATURE_DISABLED(404, "The feature is disabled"),
    /** The path exists, the method does not. */
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    /** None of the media types that the client accepts can be had. */
    NOT_ACCEPTABLE(406, "Not acceptable"),
    /** The body did not come in the time that it has. */
    REQUEST_TIMEOUT(408, "Request timeout"),
    /** The dead letter cannot be sent again, or not in this way. */
    NOT_REDRIVABLE(409, "The dead letter cannot be redriven"),
    /** The caller has another document of the bytes that this one is to have. */
    DUPLICATE_DOCUMENT(409, "The bytes are those of another document"),
    /** A document that an answer rests on was replaced, deleted or withdrawn while the answer was being made. */
    SOURCE_REMOVED(409, "A source was removed"),
    /** The caller has cancelled the answer while it was streamed. */
    ANSWER_CANCELLED(409, "The answer was cancelled"),
    /** The event under this id was erased. */
    ERASED(410, "The event was erased"),
    /** Storage has lost the bytes, or has others in their place. */
    CONTENT_LOST(410, "The bytes are lost"),
    /** The entity tag of {@code If-Match} is not the current one. */
    PRECONDITION_FAILED(412, "The precondition does not hold"),
    /** The payload is larger than an event may be. */
    CONTENT_TOO_LARGE(413, "Content too large"),
    /** Path and query are longer than the server reads. */
    URI_TOO_LONG(414, "URI too long"),
    /** The body is of a media type or encoding that this path does not take. */
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** The header {@code Range} asks for bytes behind the end. */
    RANGE_NOT_SATISFIABLE(416, "The range is behind the end"),
    /** The id or {@code Idempotency-Key} belongs to something else that was sent. */
    IDEMPOTENCY_CONFLICT(422, "The id or key is taken"),
    /** The type is one of those that features alone write. */
    RESERVED_TYPE(422, "The type is reserved"),
    /** The image is incomplete, malformed, animated or too large to be analysed. */
    IMAGE_REFUSED(422, "The image is not taken"),
    /** The request changes what others may change too, and does not say from which version. */
    PRECONDITION_REQUIRED(428, "A precondition is required"),
    /** The caller has sent more requests than one may in a second. */
    TOO_MANY_REQUESTS(429, "Too many requests"),
    /** The headers are larger than the server reads. */
    HEADERS_TOO_LARGE(431, "Headers too large"),
    /** A fault of ours. */
    INTERNAL_ERROR(500, "Internal error"),
    /**
     * There is no memory for another body, no place for another that waits, or no room for another event in the outbox, while those
     * before it are under way.
     */
    OVERLOADED(503, "Too much is under way"),
    /** The event was not handed to Kafka; it is safe to send it again. */
    NOT_ACCEPTED(503, "The event was not accepted"),
    /** It is unknown whether Kafka has the event; send it again with the id that the document names. */
    OUTCOME_UNKNOWN(503, "Whether the event was accepted is unknown"),
    /** The keys that tokens are signed with have not been had yet. */
    KEYS_UNAVAILABLE(503, "Tokens cannot be checked"),
    /** PostgreSQL does not answer; nothing can be read for the moment. */
    DATABASE_UNAVAILABLE(503, "The database is unavailable"),
    /** Kafka does not answer; what it alone knows cannot be read for the moment. */
    KAFKA_UNAVAILABLE(503, "Kafka is unavailable"),
    /** Storage is full, away, or not to be written to. */
    STORAGE_UNAVAILABLE(503, "Storage is unavailable"),
    /** A language model did not end an answer of which something was sent already. */
    ANSWER_INTERRUPTED(503, "The answer was interrupted");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The same for every problem of this code. */
    public String title() {
        return title;
    }

    /** The stable name, in lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The problem's {@code type}: the path of its page, which this program serves. */
    public String type() {
        return "/problems/" + code() + ".md";
    }
}
