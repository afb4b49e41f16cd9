package io.sluice.api.tasks;

import static io.restassured.RestAssured.given;
import static io.sluice.api.tasks.TaskRequest.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.openapi.Document;
import io.sluice.api.openapi.Place;
import io.sluice.testkit.SluiceServers;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hibernate.validator.constraints.CodePointLength;
import org.hibernate.validator.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The content of a task, and that the document says of it what the constraints say. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class TaskContentTest {

    private static final Place SCHEMA = Document.COMMITTED.at("components", "schemas", "TaskContent");

    private final Validator validator;
    private final ObjectMapper mapper;

    TaskContentTest(Validator validator, ObjectMapper mapper) {
        this.validator = validator;
        this.mapper = mapper;
    }

    static List<String> good() {
        return List.of(
                title("a".repeat(200)),
                title("😀".repeat(200)),
                "{\"title\":\"a\",\"description\":\"" + "é".repeat(4_000) + "\"}",
                "{\"title\":\"a\",\"description\":\"\\t\\r\\n\",\"due\":\"2000-01-01\",\"priority\":\"low\"}",
                "{\"title\":\"a\",\"description\":null,\"due\":null,\"priority\":null,\"tags\":null}",
                "{\"title\":\"a\",\"due\":\"2028-02-29\",\"tags\":" + tags(20, "😀".repeat(48)) + "}");
    }

    private static String title(String title) {
        return "{\"title\":\"" + title + "\"}";
    }

    private static String tags(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + text + (char) ('a' + i) + "\"")
                .collect(joining(",", "[", "]"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void isStoredAsItWasSent(String json) throws Exception {
        String task = post(json).then().statusCode(201).extract().header("Location");

        JsonNode stored = mapper.readTree(given().get(task).asByteArray());
        mapper.readTree(json).properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> assertThat(stored.get(member.getKey())).isEqualTo(member.getValue()));
        assertThat(documentAllows(json)).isTrue();
    }

    static List<List<String>> bad() {
        return List.of(
                List.of("{}", "/title", "is missing"),
                List.of(title(" "), "/title", "is missing, or has white space alone"),
                List.of(title("a".repeat(201)), "/title", "must have at most 200 characters"),
                List.of(title("😀".repeat(201)), "/title", "must have at most 200 characters"),
                List.of(title("a\\u0000b"), "/title", "must have no control characters"),
                List.of(title("a\\nb"), "/title", "must have no control characters"),
                List.of(
                        title("a\\ud83d"),
                        "/title",
                        "must have no control characters, and no half of a surrogate pair"),
                List.of(
                        "{\"title\":\"a\",\"description\":\"" + "a".repeat(4_001) + "\"}",
                        "/description",
                        "at most 4000"),
                List.of("{\"title\":\"a\",\"description\":\"a\\u0000\"}", "/description", "but tab and line breaks"),
                List.of("{\"title\":\"a\",\"due\":\"2026-02-30\"}", "/due", "must be a date from 2000-01-01"),
                List.of("{\"title\":\"a\",\"due\":\"1999-12-31\"}", "/due", "must be a date from 2000-01-01"),
                List.of("{\"title\":\"a\",\"due\":\"2026-12-01T00:00:00Z\"}", "/due", "must be a date"),
                List.of("{\"title\":\"a\",\"due\":1}", "/due", "must be a string"),
                List.of("{\"title\":\"a\",\"priority\":\"HIGH\"}", "/priority", "must be one of low, normal, high"),
                List.of("{\"title\":\"a\",\"priority\":2}", "/priority", "must be one of low, normal, high"),
                List.of("{\"title\":\"a\",\"tags\":" + tags(21, "") + "}", "/tags", "must have 0 to 20"),
                List.of("{\"title\":\"a\",\"tags\":[\"a\",\"a\"]}", "/tags", "must have no element twice"),
                List.of("{\"title\":\"a\",\"tags\":[\"" + "a".repeat(51) + "\"]}", "/tags/0", "at most 50"),
                List.of("{\"title\":\"a\",\"tags\":[\"a\",\"\"]}", "/tags/1", "is missing"),
                List.of("{\"title\":\"a\",\"tags\":[null]}", "/tags/0", "is missing"),
                List.of("{\"title\":\"a\",\"tags\":\"a\"}", "/tags", "must be an array"),
                List.of("{\"title\":\"a\",\"owner\":\"b\"}", "/owner", "is unknown; known are "));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatBreaksAConstraintIsToldWithItsPlaceAndBreaksTheDocumentToo(List<String> line) throws Exception {
        String json = line.get(0);

        post(json)
                .then()
                .statusCode(400)
                .body("violations.pointer", is(List.of(line.get(1))))
                .body("violations[0].detail", containsString(line.get(2)));
        // A validator of schemas does not look for halves of pairs, nor into the calendar.
        if (!json.contains("\\ud83d")) {
            assertThat(documentAllows(json)).isFalse();
        }
    }

    private boolean documentAllows(String json) throws Exception {
        return Document.COMMITTED
                .violations(SCHEMA, mapper.readTree(json.getBytes(UTF_8)))
                .isEmpty();
    }

    /** Numbers and names; what the patterns say is compared by the values above. */
    @Test
    void theDocumentHasTheConstraintsOfTheRecord() {
        Set<PropertyDescriptor> constrained =
                validator.getConstraintsForClass(TaskContent.class).getConstrainedProperties();

        assertThat(SCHEMA.to("properties").names())
                .isEqualTo(Arrays.stream(TaskContent.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
        for (PropertyDescriptor property : constrained) {
            Set<ConstraintDescriptor<?>> constraints = property.getConstraintDescriptors();
            Place schema = schema(SCHEMA.to("properties").to(property.getPropertyName()));
            assertThat(required().contains(property.getPropertyName()))
                    .isEqualTo(find(NotBlank.class, constraints).isPresent());
            assertThat(number(schema, "maxLength"))
                    .isEqualTo(find(CodePointLength.class, constraints).map(CodePointLength::max));
            assertThat(number(schema, "maxItems"))
                    .isEqualTo(find(Size.class, constraints).map(Size::max));
            assertThat(schema.to("uniqueItems").node().asBoolean())
                    .isEqualTo(find(UniqueElements.class, constraints).isPresent());
            property.getConstrainedContainerElementTypes()
                    .forEach(element -> assertThat(number(schema.to("items"), "maxLength"))
                            .isEqualTo(find(CodePointLength.class, element.getConstraintDescriptors())
                                    .map(CodePointLength::max)));
        }
    }

    private static List<String> required() {
        return SCHEMA.to("required").places().map(Place::text).toList();
    }

    /** The value that stands there, or the first of those that may. */
    private static Place schema(Place place) {
        Place first = place.to("anyOf").to("0");
        return first.exists() ? first : place;
    }

    private static Optional<Integer> number(Place schema, String word) {
        Place place = schema.to(word);
        return place.exists() ? Optional.of(place.node().intValue()) : Optional.empty();
    }

    private static <A extends Annotation> Optional<A> find(Class<A> type, Set<ConstraintDescriptor<?>> constraints) {
        return constraints.stream()
                .map(ConstraintDescriptor::getAnnotation)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource({"\\ud83d\\ude00, 😀", "caf\\u00e9, café"})
    void escapesAreTheCharactersThatTheyStandFor(String escaped, String title) {
        post(title(escaped)).then().statusCode(201).body("title", startsWith(title));
    }
}
