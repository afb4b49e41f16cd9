package io.sluice.api.http.problems;

import jakarta.ws.rs.core.MediaType;

/**
 * Form in which a problem is answered: a problem document, or, where OpenAI's clients call, the error that they read.
 *
 * @param body to be written as JSON
 */
public record ProblemAnswer(String mediaType, Object body) {

    private static final String OF_OPENAI = "/v1/";

    /** Another path of the health document, which no client of OpenAI asks for. */
    private static final String HEALTH = "/v1/health/";

    /** Answers a request for this path. */
    public static ProblemAnswer of(Problem problem, String path) {
        String folder = path + "/";
        return folder.startsWith(OF_OPENAI) && !folder.startsWith(HEALTH)
                ? new ProblemAnswer(MediaType.APPLICATION_JSON, OpenAiError.of(problem))
                : new ProblemAnswer(Problem.MEDIA_TYPE, problem);
    }
}
