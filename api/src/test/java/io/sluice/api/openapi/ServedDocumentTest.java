package io.sluice.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.serialization.YamlMapperFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.testkit.SluiceServers;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document is served as it is, and as JSON: nothing may get lost on that way. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ServedDocumentTest {

    @ParameterizedTest
    @CsvSource({"/openapi, */*", "/openapi?format=yaml, application/json"})
    void whatIsServedAsYamlIsWhatIsCommitted(String path, String accept) throws IOException {
        assertIsCommitted(served(path, accept), "application/yaml", YamlMapperFactory.getInstance());
    }

    @ParameterizedTest
    @CsvSource({"/openapi?format=json, */*", "/openapi, application/json"})
    void whatIsServedAsJsonIsWhatIsCommitted(String path, String accept) throws IOException {
        assertIsCommitted(served(path, accept), "application/json", new ObjectMapper());
    }

    private static Response served(String path, String accept) {
        return given().header("Accept", accept).get(path);
    }

    private static void assertIsCommitted(Response served, String mediaType, ObjectMapper format) throws IOException {
        assertThat(served.contentType()).startsWith(mediaType);
        assertThat(format.readTree(served.asString())).isEqualTo(Document.COMMITTED.root());
    }
}
