package io.sluice.api.http.problems;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as clients of OpenAI read it.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI, error codes</a>
 */
public record OpenAiError(Fault error) {

    /**
     * A fault.
     *
     * @param message what happened this time, and what to do
     * @param type kind of the problem, by its status
     * @param param the member, parameter or header that is wrong, as in {@code messages[0].content}, or {@code null}
     * @param code the stable name, in lower case with underscores: OpenAI's where it has one
     */
    public record Fault(String message, String type, @Nullable String param, String code) {}

    /** The same problem. */
    public static OpenAiError of(Problem problem) {
        List<Violation> violations = problem.violations();
        String param = violations.isEmpty() ? null : name(violations.get(0));
        return new OpenAiError(new Fault(message(problem), type(problem.status()), param, code(problem.code(), param)));
    }

    private static String message(Problem problem) {
        return problem.status() == 400 && !problem.violations().isEmpty()
                ? problem.violations().stream()
                        .map(violation -> name(violation) + " " + violation.detail())
                        .collect(joining("; ", "", "."))
                : problem.detail();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private static String code(String code, @Nullable String param) {
        return switch (code) {
            case "unauthenticated" -> "invalid_api_key";
            case "too-many-requests" -> "rate_limit_exceeded";
            case "not-found" -> param == null ? "not_found" : param + "_not_found";
            default -> code.replace('-', '_');
        };
    }

    private static String name(Violation violation) {
        if (violation.pointer() == null) {
            return violation.parameter() == null ? String.valueOf(violation.header()) : violation.parameter();
        }
        String path = violation.pointer().replaceAll("/(\\d+)(?=/|$)", "[$1]").replace('/', '.');
        return path.isEmpty()
                ? "body"
                : path.replaceFirst("^\\.", "").replace("~1", "/").replace("~0", "~");
    }
}
