package io.sluice.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.api.http.problems.Problem;
import io.sluice.api.http.problems.ProblemCode;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    /** A problem, as the code and the document both describe it. */
    private record Named(String code, int status, String type, String title) {}

    @Test
    void theCodesOfTheDocumentAreThoseOfTheProgram() {
        JsonNode codes = Document.COMMITTED
                .at("components", "schemas", "ProblemCode", "enum")
                .node();

        assertThat(codes)
                .extracting(JsonNode::textValue)
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::code)
                        .toList());
    }

    @Test
    void theExamplesAreOneOrMoreOfEachCodeAsTheProgramNamesIt() {
        Set<Named> examples = Document.COMMITTED
                .at("components", "responses")
                .places()
                .flatMap(ProblemsTest::problems)
                .collect(Collectors.toSet());

        assertThat(examples)
                .isEqualTo(Arrays.stream(ProblemCode.values())
                        .map(code -> new Named(code.code(), code.status(), code.type(), code.title()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyProblemStandsUnderTheStatusThatItHas() {
        for (Operation operation : Document.COMMITTED.operations()) {
            Place responses = operation.place().to("responses");
            for (String status : responses.names()) {
                assertThat(problems(responses.to(status)))
                        .as("%s, %s", operation, status)
                        .allMatch(problem -> problem.status() == Integer.parseInt(status));
            }
        }
    }

    private static Stream<Named> problems(Place response) {
        return response.to("content")
                .to(Problem.MEDIA_TYPE)
                .to("examples")
                .places()
                .map(example -> example.node().path("value"))
                .map(problem -> new Named(
                        problem.path("code").textValue(),
                        problem.path("status").intValue(),
                        problem.path("type").textValue(),
                        problem.path("title").textValue()));
    }
}
