package io.sluice.api.chat.profile;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.api.OtherSettings;
import io.sluice.api.chat.ChatDocuments;
import io.sluice.testkit.SluiceServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(OtherSettings.class)
class HealthcareTest {

    private static final String EMERGENCY = "My child took too many paracetamol tablets. How much may children take?";
    private static final String QUESTION = "How much paracetamol may adults take? I have no chest pain.";
    private static final String CALL = "This may be an emergency. Call your local emergency number now";

    private final ChatDocuments documents;

    HealthcareTest(ChatDocuments documents) {
        this.documents = documents;
    }

    @BeforeEach
    void store() {
        documents.storeAnew();
    }

    private static Response ask(String question, String accept) {
        return given().contentType(ContentType.JSON)
                .accept(accept)
                .body(Map.of("question", question))
                .post("/api/v1/chat");
    }

    private static Response complete(String question, boolean streams) {
        return given().contentType(ContentType.JSON)
                .body(Map.of(
                        "model",
                        "sluice",
                        "stream",
                        streams,
                        "messages",
                        List.of(Map.of("role", "user", "content", question))))
                .post("/v1/chat/completions");
    }

    @ParameterizedTest
    @ValueSource(strings = {EMERGENCY, "What helps against snake bites?"})
    void anEmergencyIsAnsweredWithWhatToDoAndNothingElse(String question) {
        ask(question, "application/json")
                .then()
                .statusCode(200)
                .body("answer", startsWith(CALL))
                .body("mode", is("emergency"))
                .body("found", is(false))
                .body("retrieval", nullValue())
                .body("sources", empty())
                .body("sessionId", nullValue())
                .body("disclaimer", is(ChatProfile.DISCLAIMER));
        complete(question, false)
                .then()
                .statusCode(200)
                .body("choices[0].message.content", startsWith(CALL))
                .body("choices[0].message.content", not(endsWith(ChatProfile.DISCLAIMER)))
                .body("mode", is("emergency"))
                .body("sources", empty());
    }

    @Test
    void soItIsWhereItComesAsEvents() {
        String events = ask(EMERGENCY, "text/event-stream").asString();
        String chunks = complete(EMERGENCY, true).asString();

        assertThat(events.split("\n\n")).hasSize(3);
        assertThat(events)
                .contains(
                        "event: sources\ndata: {\"mode\":\"emergency\",\"retrieval\":null,\"sources\":[],\"disclaimer\":")
                .contains("event: delta\ndata: {\"text\":\"" + CALL)
                .contains("event: done\ndata: {\"found\":false,\"mode\":\"emergency\"");
        assertThat(chunks)
                .contains("\"content\":\"" + CALL)
                .contains("\"found\":false,\"mode\":\"emergency\"")
                .doesNotContain(ChatProfile.DISCLAIMER)
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void otherAnswersHaveTheDisclaimer() {
        ask(QUESTION, "application/json")
                .then()
                .body("mode", is("extractive"))
                .body("answer", not(endsWith(ChatProfile.DISCLAIMER)))
                .body("disclaimer", is(ChatProfile.DISCLAIMER));
        assertThat(ask(QUESTION, "text/event-stream").asString())
                .startsWith("event: sources\n")
                .contains("\"disclaimer\":\"" + ChatProfile.DISCLAIMER + "\"}");
        complete(QUESTION, false).then().body("choices[0].message.content", endsWith("\n\n" + ChatProfile.DISCLAIMER));
        assertThat(complete(QUESTION, true).asString())
                .containsOnlyOnce("{\"content\":\"\\n\\n" + ChatProfile.DISCLAIMER + "\"}");
    }
}
