package io.sluice.api.http.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.http.problems.OpenAiError.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiErrorTest {

    private static Fault of(ProblemException problem) {
        return OpenAiError.of(problem.problem()).error();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, authentication_error, invalid_api_key",
        "FORBIDDEN, permission_error, forbidden",
        "ORIGIN_REFUSED, permission_error, origin_refused",
        "NOT_FOUND, invalid_request_error, not_found",
        "FEATURE_DISABLED, invalid_request_error, feature_disabled",
        "SOURCE_REMOVED, invalid_request_error, source_removed",
        "TOO_MANY_REQUESTS, rate_limit_error, rate_limit_exceeded",
        "INTERNAL_ERROR, server_error, internal_error",
        "OVERLOADED, server_error, overloaded"
    })
    void aProblemHasTheTypeOfItsStatusAndAStableCode(ProblemCode problem, String type, String code) {
        assertThat(of(ProblemException.of(problem, "This."))).isEqualTo(new Fault("This.", type, null, code));
    }

    @Test
    void theMessageHasEachViolationAndParamTheFirst() {
        Violations violations = new Violations();
        violations.add(Violation.at("/messages/0/content/12/text", "is missing"));
        violations.add(Violation.inHeader("Host", "must be sent once"));

        assertThat(of(violations.problem()))
                .isEqualTo(new Fault(
                        "messages[0].content[12].text is missing; Host must be sent once.",
                        "invalid_request_error",
                        "messages[0].content[12].text",
                        "invalid_request"));
    }

    @ParameterizedTest
    @CsvSource({"'', body", "/0/1a/~0~1, [0].1a.~/"})
    void aPointerIsWrittenAsOpenAiDoes(String pointer, String param) {
        assertThat(of(ProblemException.invalid(Violation.at(pointer, "is wrong")))
                        .param())
                .isEqualTo(param);
    }

    @Test
    void whatIsNamedAndNotThereIsInTheCode() {
        assertThat(of(ProblemException.notFound(Violation.inMember("model", "There is none."))))
                .isEqualTo(new Fault("There is none.", "invalid_request_error", "model", "model_not_found"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models, true",
        "/v1, true",
        "/v1/, true",
        "/v1/healthy, true",
        "/v1/health, false",
        "/v1/health/, false",
        "/v1a, false",
        "/api/v1/chat, false"
    })
    void onlyWhatIsBelowV1IsOfThatForm(String path, boolean ofOpenAi) {
        Problem problem = ProblemException.notFound().problem();

        assertThat(ProblemAnswer.of(problem, path).body()).isEqualTo(ofOpenAi ? OpenAiError.of(problem) : problem);
        assertThat(ProblemAnswer.of(problem, path).mediaType())
                .isEqualTo(ofOpenAi ? "application/json" : Problem.MEDIA_TYPE);
    }
}
