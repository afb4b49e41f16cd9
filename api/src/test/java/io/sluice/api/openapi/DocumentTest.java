package io.sluice.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentTest {

    private static final Document DOCUMENT = Document.COMMITTED;

    @Test
    void everyReferenceLeadsToAComponentAndEveryComponentIsReferredTo() {
        // When
        Set<String> references = Set.copyOf(DOCUMENT.root().findValuesAsText("$ref"));

        // Then
        assertThat(DOCUMENT.at("components").places().flatMap(Place::places))
                .map(component -> "#" + component)
                // No operation has it, because it is the answer where there is no operation.
                .filteredOn(component -> !component.matches("#/components/responses/(OpenAi)?MethodNotAllowed"))
                // Referred to by its name alone.
                .filteredOn(component -> !component.equals("#/components/securitySchemes/bearer"))
                .containsExactlyInAnyOrderElementsOf(references);
    }

    @Test
    void everyOperationHasANameOfItsOwnATagAndASummary() {
        List<String> tags = DOCUMENT.root().path("tags").findValuesAsText("name");

        assertThat(DOCUMENT.operations())
                .extracting(operation -> operation.place().to("operationId").text())
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(DOCUMENT.operations()).allSatisfy(operation -> {
            assertThat(operation.place().to("tags").places())
                    .map(Place::text)
                    .hasSize(1)
                    .isSubsetOf(tags);
            assertThat(operation.place().to("summary").text()).isNotEmpty();
        });
    }

    /** Whatever has a schema of its own: parameters, headers, and bodies in each of their media types. */
    static Stream<Place> valuesThatAreDescribed() {
        return placesAtAndUnder(DOCUMENT.at())
                .filter(place -> place.under("schema").exists());
    }

    private static Stream<Place> placesAtAndUnder(Place place) {
        Stream<Place> under = place.names().stream().map(place::under);
        return Stream.concat(Stream.of(place), under.flatMap(DocumentTest::placesAtAndUnder));
    }

    @ParameterizedTest
    @MethodSource("valuesThatAreDescribed")
    void thereAreExamplesAndTheyFitTheSchema(Place described) {
        // When
        List<JsonNode> examples = Stream.of(
                        Stream.of(described.to("example")),
                        described.to("examples").places().map(example -> example.to("value")),
                        described.to("schema").to("examples").places())
                .flatMap(Function.identity())
                .filter(Place::exists)
                .map(Place::node)
                .toList();

        // Then
        assertThat(examples).isNotEmpty().allSatisfy(example -> assertThat(
                        DOCUMENT.violations(described.under("schema"), example))
                .isEmpty());
    }
}
