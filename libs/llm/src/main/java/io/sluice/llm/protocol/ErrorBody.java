package io.sluice.llm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.llm.ModelFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors as providers tell them: by a status, and by a body that may say more. */
public final class ErrorBody {

    /** Time after which to try again what is too much for the moment, where the provider does not say it. */
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private static final Pattern TOO_LONG =
            Pattern.compile("(?i)context_length|context length|context window|prompt is too long|maximum context"
                    + "|token count.{0,40} exceeds|request_too_large|reduce the length");

    /** Gemini's {@code google.rpc.RetryInfo}. */
    private static final Pattern RETRY_DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9]{1,6})(\\.[0-9]+)?s\"");

    private ErrorBody() {}

    /**
     * Tells what a response means that is no answer.
     *
     * @param status of the response
     * @param retryAfter of its header; empty if it has none
     * @param body as far as it was read
     */
    public static ProviderException of(int status, Optional<Duration> retryAfter, String body) {
        return new ProviderException(
                kind(status, body), "answered with status " + status, delay(status, retryAfter, body));
    }

    /** Tells what an error means that comes in the stream. */
    static ProviderException inStream(JsonNode event) {
        JsonNode error = event.path("error");
        int status = status(error);
        return new ProviderException(
                kind(status, error.toString()),
                "broke the answer off with an error of status " + status,
                delay(status, Optional.empty(), error.toString()));
    }

    /** Status that an error in the stream would have had, had it come before. */
    private static int status(JsonNode error) {
        int code = error.path("code").asInt(0);
        if (code >= 400 && code < 600) {
            return code;
        }
        return switch (error.path("type").asText("")) {
            case "overloaded_error" -> 529;
            case "rate_limit_error", "rate_limit_exceeded", "tokens", "requests" -> 429;
            case "authentication_error" -> 401;
            case "permission_error" -> 403;
            case "invalid_request_error" -> 400;
            case "timeout_error" -> 504;
            default -> 500;
        };
    }

    private static Kind kind(int status, String body) {
        return switch (status) {
            case 400, 422 -> ofRequest(body);
            case 401, 402, 403, 404 -> Kind.REFUSED;
            case 408, 504 -> Kind.TIMEOUT;
            case 413 -> Kind.TOO_LONG;
            // 498 is Groq's for flex capacity, 529 Anthropic's for overload.
            case 429, 498, 503, 529 -> Kind.OVERLOADED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.PROTOCOL;
        };
    }

    private static Kind ofRequest(String body) {
        if (TOO_LONG.matcher(body).find()) {
            return Kind.TOO_LONG;
        }
        // Gemini's for a wrong key.
        return body.contains("API_KEY_INVALID") ? Kind.REFUSED : Kind.PROTOCOL;
    }

    /** 429 without a time is a quota that is used up, as Anthropic's of the month: to ask again is of no use. */
    private static Optional<Duration> delay(int status, Optional<Duration> retryAfter, String body) {
        if (retryAfter.isPresent()) {
            return retryAfter;
        }
        return switch (status) {
            case 429 -> retryDelay(body);
            case 498, 503, 529 -> Optional.of(BACK_OFF);
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> retryDelay(String body) {
        Matcher matcher = RETRY_DELAY.matcher(body);
        return matcher.find()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1)) + 1))
                : Optional.empty();
    }
}
