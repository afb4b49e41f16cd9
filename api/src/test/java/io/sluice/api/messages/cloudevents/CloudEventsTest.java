package io.sluice.api.messages.cloudevents;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.EventId;
import io.sluice.contract.Topic;
import io.sluice.contract.UndecodableRecordException;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CloudEvents as the SDKs send them; {@code RequestTableTest} has what is refused. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class CloudEventsTest {

    private static final String SOURCE = "https://example.com/shop?n=1";
    private static final Path SCRIPT = Path.of("src", "test", "python", "post_cloud_events.py");

    private final Records topic = new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name(""));
    /** In ASCII, without a percent sign: the SDK for Java encodes no headers. */
    private final String id = UUID.randomUUID() + " of 100";

    private final UUID eventId = EventId.ofCloudEvent("anonymous", SOURCE, id);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Topics topics;

    @TestHTTPResource("/api/v1/messages")
    URI messages;

    CloudEventsTest(Topics topics) {
        this.topics = topics;
    }

    @BeforeEach
    void awaitTopics() {
        await().until(topics::seen);
    }

    private enum Mode {
        BINARY((writer, event) -> writer.writeBinary(event)),
        STRUCTURED((writer, event) -> writer.writeStructured(event, JsonFormat.CONTENT_TYPE));

        private final BiConsumer<MessageWriter<?, Void>, CloudEvent> write;

        Mode(BiConsumer<MessageWriter<?, Void>, CloudEvent> write) {
            this.write = write;
        }
    }

    private CloudEvent event(String eventId) {
        return CloudEventBuilder.v1()
                .withId(eventId)
                .withSource(URI.create(SOURCE))
                .withType("order.placed")
                .withSubject("books & more")
                .withTime(OffsetDateTime.parse("2026-01-02T03:04:05.123456+01:00"))
                .withExtension("partitionkey", "order-42")
                .withData("application/json", "{\"total\":99.50}".getBytes(UTF_8))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void anEventOfTheSdkIsTakenAndAgainIsTheSame(Mode mode) throws Exception {
        // When
        HttpResponse<String> answer = send(mode, event(id));
        HttpResponse<String> again = send(mode, event(id));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"id\":\"" + eventId + "\"}");
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(published(eventId)).hasSize(2).allSatisfy(event -> {
            assertThat(event.type()).isEqualTo("order.placed");
            assertThat(event.key()).isEqualTo("order-42");
            assertThat(event.subject()).isEqualTo("books & more");
            assertThat(new JsonObject(new String(event.payload(), UTF_8)).getDouble("total"))
                    .isEqualTo(99.5);
        });
    }

    private HttpResponse<String> send(Mode mode, CloudEvent event) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(messages);
        MessageWriter<?, Void> writer = HttpMessageFactory.createWriter(
                request::header, body -> request.POST(BodyPublishers.ofByteArray(body)));
        mode.write.accept(writer, event);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void ofABatchEachEventIsTaken() throws Exception {
        // Given
        String batch = Stream.of(id, id + "-2")
                .map(one -> new String(
                        EventFormatProvider.getInstance()
                                .resolveFormat(JsonFormat.CONTENT_TYPE)
                                .serialize(event(one)),
                        UTF_8))
                .collect(Collectors.joining(",", "[", ",{\"id\":\"1\"}]"));

        // When
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(messages)
                        .header("Content-Type", "application/cloudevents-batch+json")
                        .POST(BodyPublishers.ofString(batch))
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonObject result = new JsonObject(answer.body());
        assertThat(result.getInteger("accepted")).isEqualTo(2);
        assertThat(result.getInteger("acknowledgedThrough")).isEqualTo(3);
        assertThat(result.getJsonArray("refusals").getJsonObject(0).getInteger("position"))
                .isEqualTo(3);
        assertThat(published(eventId)).hasSize(1);
        assertThat(published(EventId.ofCloudEvent("anonymous", SOURCE, id + "-2")))
                .hasSize(1);
    }

    @Test
    void eventsOfThePythonSdkAreTaken() throws Exception {
        // Given
        Process python = python("-c", "import cloudevents.core.bindings.http");
        Assumptions.assumeTrue(python.waitFor() == 0, "python3 has no package cloudevents 2 (pip install cloudevents)");

        // When
        Process client = python(SCRIPT.toString(), messages.toString(), id, SOURCE);
        String said = new String(client.getInputStream().readAllBytes(), UTF_8);

        // Then
        assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines()).as(said).containsExactly("202 " + eventId, "202 " + eventId, "202 2");
        assertThat(published(eventId)).hasSize(3).allSatisfy(event -> assertThat(event.subject())
                .isEqualTo("Bücher & mehr"));
    }

    private static Process python(String... arguments) throws IOException {
        String program = System.getenv().getOrDefault("PYTHON", "python3");
        try {
            return new ProcessBuilder(Stream.concat(Stream.of(program), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("there is no " + program.toLowerCase(Locale.ROOT));
        }
    }

    private List<Event> published(UUID event) {
        return topic.all().stream()
                .map(record -> {
                    try {
                        return EventCodec.decode(record);
                    } catch (UndecodableRecordException others) {
                        return Events.any();
                    }
                })
                .filter(one -> one.id().equals(event))
                .toList();
    }
}
