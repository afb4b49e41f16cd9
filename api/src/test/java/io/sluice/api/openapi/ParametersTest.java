package io.sluice.api.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.sluice.testkit.SluiceServers;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program tells what it knows to whoever asks for something else. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ParametersTest {

    @ParameterizedTest
    @CsvSource({
        "get, /api/v1/messages",
        "get, /api/v1/dead-letters",
        "get, /api/v1/tasks",
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
