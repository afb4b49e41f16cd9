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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The framework reads the document, and writes it anew: nothing may get lost on that way. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ServedDocumentTest {

    @Test
    void whatIsServedAsYamlIsWhatIsCommitted() throws IOException {
        assertIsCommitted(given().get("/openapi"), "application/yaml", YamlMapperFactory.getInstance());
    }

    @ParameterizedTest
    @CsvSource({"/openapi?format=json, */*", "/openapi, application/json"})
    void whatIsServedAsJsonIsWhatIsCommitted(String path, String accept) throws IOException {
        assertIsCommitted(given().header("Accept", accept).get(path), "application/json", new ObjectMapper());
    }

    private static void assertIsCommitted(Response served, String mediaType, ObjectMapper format) throws IOException {
        assertThat(served.contentType()).startsWith(mediaType);
        assertThat(format.readTree(served.asString())).isEqualTo(Document.COMMITTED.root());
    }
}
