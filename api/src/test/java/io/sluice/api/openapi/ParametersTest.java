package io.sluice.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.sluice.testkit.SluiceServers;
import java.math.BigInteger;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The program tells what it knows to whoever asks for something else. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ParametersTest {

    @ParameterizedTest
    @CsvSource({
        "get, /api/v1/messages",
        "get, /api/v1/messages/stream",
        "delete, /api/v1/messages",
        "get, /api/v1/dead-letters",
        "get, /api/v1/replays",
        "get, /api/v1/tasks",
        "get, /api/v1/images",
        "get, /api/v1/images/statistics",
        "get, /api/v1/documents",
        "post, /api/v1/documents",
        "get, /api/v1/chat/sessions",
        "post, /api/v1/dead-letters/redrive"
    })
    void theParametersOfAQueryAreTheDocumentedOnes(String method, String path) {
        String documented =
                Document.COMMITTED.operation(method, path).parameters("query").collect(Collectors.joining(", "));

        given().queryParam("unknown", 1)
                .request(method, path)
                .then()
                .body("violations[0].detail", endsWith("known are " + documented));
    }

    /** Path, name, and least and greatest value of each number in a query that is read. */
    static Stream<Arguments> numbers() {
        return Document.COMMITTED.operations().stream()
                .filter(operation -> operation.method().equals("get"))
                .flatMap(operation -> operation
                        .parameters()
                        .filter(parameter -> parameter.to("in").text().equals("query"))
                        .filter(parameter ->
                                parameter.to("schema").to("type").text().equals("integer"))
                        .map(parameter -> Arguments.of(
                                operation.path(),
                                parameter.to("name").text(),
                                bound(parameter, "minimum"),
                                bound(parameter, "maximum"))));
    }

    private static BigInteger bound(Place parameter, String name) {
        return parameter.to("schema").to(name).node().bigIntegerValue();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsTakenWithinItsDocumentedBoundsAlone(String path, String name, BigInteger least, BigInteger most) {
        assertThat(Stream.of(least, most).map(number -> status(path, name, number)))
                .doesNotContain(400);
        assertThat(Stream.of(least.subtract(BigInteger.ONE), most.add(BigInteger.ONE))
                        .map(number -> status(path, name, number)))
                .containsOnly(400);
    }

    private static int status(String path, String parameter, BigInteger number) {
        return given().queryParam(parameter, number)
                .get(path.replaceAll("\\{[^}]*}", UUID.randomUUID().toString()))
                .statusCode();
    }

    @Test
    void theMembersOfAnEventAreTheDocumentedOnes() {
        String documented = String.join(
                ", ",
                Document.COMMITTED
                        .at("components", "schemas", "NewMessage", "properties")
                        .names());

        given().contentType(ContentType.JSON)
                .body("{\"payload\":1,\"unknown\":1}")
                .post("/api/v1/messages")
                .then()
                .body("violations[0].detail", endsWith("known are " + documented));
    }
}
