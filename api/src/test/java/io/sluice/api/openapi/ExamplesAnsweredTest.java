package io.sluice.api.openapi;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.api.chat.running.AnswersInTests;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.documents.ReadDocuments;
import io.sluice.api.images.AnalysedImages;
import io.sluice.api.messages.Rows;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever sends the request of an example, as often as they like, gets the answer that is documented. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestInstance(Lifecycle.PER_CLASS)
class ExamplesAnsweredTest {

    /** RestAssured adds a charset that is not UTF-8 to what it does not know. */
    private static final RestAssuredConfig EXACT_MEDIA_TYPE = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/merge-patch+json", ContentType.JSON));

    private final Rows rows;
    private final StoredDeadLetters letters;
    private final AnalysedImages images;
    private final ReadDocuments documents;
    private final AnswersInTests answers;

    ExamplesAnsweredTest(
            Rows rows,
            StoredDeadLetters letters,
            AnalysedImages images,
            ReadDocuments documents,
            AnswersInTests answers) {
        this.rows = rows;
        this.letters = letters;
        this.images = images;
        this.documents = documents;
        this.answers = answers;
    }

    /** A request as Swagger UI has it before anything is changed: the parameters that have an example, and one of the bodies. */
    private record Example(Operation operation, @Nullable Place body) {

        Response send() {
            RequestSpecification request = given().config(EXACT_MEDIA_TYPE);
            operation
                    .parameters()
                    .filter(parameter -> parameter.to("example").exists())
                    .forEach(parameter -> add(parameter, request));
            if (body != null) {
                addBody(operation.body().orElseThrow().name(), body.to("value").node(), request);
            }
            return request.request(operation.isEndless() ? "head" : operation.method(), operation.path());
        }

        /** A character of a part of a form is a byte. */
        private static void addBody(String mediaType, JsonNode body, RequestSpecification request) {
            if (mediaType.equals(ContentType.MULTIPART.toString())) {
                body.properties()
                        .forEach(part -> request.multiPart(
                                part.getKey(),
                                part.getKey(),
                                part.getValue().textValue().getBytes(ISO_8859_1)));
            } else {
                request.contentType(mediaType).body(body.toString());
            }
        }

        private static void add(Place parameter, RequestSpecification request) {
            String name = parameter.to("name").text();
            String value = parameter.to("example").text();
            switch (parameter.to("in").text()) {
                case "path" -> request.pathParam(name, value);
                case "query" -> request.queryParam(name, value);
                default -> request.header(name, value);
            }
        }

        @Override
        public String toString() {
            return body == null ? operation.toString() : operation + " " + body.name();
        }
    }

    static Stream<Example> examples() {
        return Document.COMMITTED.operations().stream()
                .flatMap(operation -> operation.body().isPresent()
                        ? operation.body().get().to("examples").places().map(body -> new Example(operation, body))
                        : Stream.of(new Example(operation, null)));
    }

    @BeforeEach
    void awaitHealth() {
        await().until(() -> given().get("/health").statusCode() == 200);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theRequestOfAnExampleIsAnsweredAsDocumented(Example example) {
        int success = Integer.parseInt(example.operation().success());

        storeTheReplay();
        storeTheTask();
        storeTheImage();
        storeTheDocument();
        storeTheSession();
        beginTheAnswer();
        assertThat(example.send().statusCode()).isEqualTo(success);
        storeTheReplay();
        storeTheTask();
        storeTheImage();
        storeTheDocument();
        storeTheSession();
        beginTheAnswer();
        assertThat(example.send().statusCode()).as("again").isEqualTo(success);
    }

    /** The message that the examples read, and post again. */
    @BeforeAll
    void storeTheMessage() {
        JsonNode message = Document.COMMITTED
                .at("paths", "/api/v1/messages", "post", "requestBody", "content", "application/json", "examples")
                .to("id")
                .to("value")
                .node();
        rows.store(Events.with()
                .id(UUID.fromString(message.path("id").asText()))
                .type(message.path("type").asText())
                .key(message.path("key").asText())
                .subject(message.path("subject").asText())
                .payload(message.path("payload").toString())
                .build());
    }

    /** The task that the examples read, change and delete. */
    private void storeTheTask() {
        letters.execute(
                """
                insert into tasks (id, owner, title, due, priority, tags, status, version, created_at, updated_at)
                values (?, 'anonymous', 'Write to Ada', date '2026-12-01', 2, '{letters}', 'open', 1, now(), now())
                on conflict (id) do nothing""",
                UUID.fromString(Document.COMMITTED
                        .at("components", "parameters", "TaskId", "example")
                        .text()));
    }

    /** The replay that the examples read and cancel, and no other. */
    private void storeTheReplay() {
        letters.execute("delete from replays where owner = 'anonymous'");
        letters.execute(
                """
                insert into replays (id, owner, fingerprint, until)
                values (?, 'anonymous', sha256(''), now())""",
                UUID.fromString(Document.COMMITTED
                        .at("components", "parameters", "ReplayId", "example")
                        .text()));
    }

    /** The image that the examples read, and no other: the one of the upload is new each time. */
    private void storeTheImage() {
        UUID id = UUID.fromString(Document.COMMITTED
                .at("components", "parameters", "ImageId", "example")
                .text());
        letters.execute("delete from images where owner = 'anonymous' and id <> ?", id);
        images.store(id);
    }

    /** The same of documents. */
    private void storeTheDocument() {
        UUID id = UUID.fromString(Document.COMMITTED
                .at("components", "parameters", "DocumentId", "example")
                .text());
        letters.execute("delete from documents where owner = 'anonymous' and id <> ?", id);
        documents.store(id);
    }

    /** The session that the examples read, ask in and delete. */
    private void storeTheSession() {
        UUID id = UUID.fromString(Document.COMMITTED
                .at("components", "parameters", "ChatSessionId", "example")
                .text());
        letters.execute("delete from chat_sessions where owner = 'anonymous'");
        letters.execute(
                """
                with session as (
                    insert into chat_sessions (id, owner, title, turns, created_at, updated_at)
                    values (?, 'anonymous', 'How much?', 1, now(), now()) returning id)
                insert into chat_turns (session_id, number, question, answer, found, mode, sources, created_at)
                select id, 1, 'How much?', 'Not found in the documents.', false, 'extractive', 0, now() from session""",
                id);
    }

    /** The answer that an example cancels. */
    private void beginTheAnswer() {
        answers.begin(UUID.fromString(Document.COMMITTED
                .at("components", "parameters", "ChatAnswerId", "example")
                .text()));
    }

    /** The dead letter that the examples read, send again and put away. */
    @BeforeAll
    void storeTheDeadLetter() {
        letters.with()
                .id(UUID.fromString(Document.COMMITTED
                        .at("components", "parameters", "DeadLetterId", "example")
                        .text()))
                .reason("idempotency-conflict")
                .store();
    }
}
