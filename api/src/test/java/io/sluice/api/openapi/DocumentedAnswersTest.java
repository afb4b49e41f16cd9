package io.sluice.api.openapi;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.SluiceServers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
class DocumentedAnswersTest {

    /** A name that extensions add, and that the document leaves out on purpose. */
    @Test
    void anAnswerThatIsNotDocumentedFailsTheTestThatMeetsIt() {
        await().until(() -> given().get("/health").statusCode() == 200);
        assertThatThrownBy(() -> given().get("/health/well"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("status 200");
    }
}
