package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.EventHeader;
import io.sluice.contract.Topic;
import io.sluice.e2e.Client.Answer;
import io.sluice.testkit.Records;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The promises of the README to a new user. */
class JourneyIT {

    private final Client client = Sluice.client();
    private final Table table = new Table();

    @Test
    void anEventIsPostedAndReadBack() {
        // Given
        String key = "order-" + UUID.randomUUID();

        // When
        Answer posted = client.post(
                """
                {"type":"order.placed","key":"%s","subject":"orders","payload":{"total": 99.50}}"""
                        .formatted(key));

        // Then
        assertThat(posted.status()).isEqualTo(202);
        assertThat(posted.header("Location")).isEqualTo("/api/v1/messages/" + posted.id());

        Answer read = client.get(posted.header("Location"), "Prefer", "wait=10");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("Preference-Applied")).isEqualTo("wait=10");
        assertThat(read.payload()).asString().isEqualTo("{\"total\": 99.50}");
        assertThat(read.json().get("type").textValue()).isEqualTo("order.placed");
        assertThat(read.json().get("key").textValue()).isEqualTo(key);
        assertThat(read.json().get("subject").textValue()).isEqualTo("orders");
        assertThat(read.json().get("time").textValue()).matches("\\d{4}-.*Z");
        assertThat(read.json().get("storedAt").textValue()).matches("\\d{4}-.*Z");
    }

    @Test
    void aTraceGoesWithItsEventFromTheRequestToTheRecordAndTheRowAndBack() {
        // Given
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        // When
        String traced =
                client.post("{\"payload\":1}", "traceparent", traceparent).id();
        String broken = client.post("{\"payload\":1}", "traceparent", traceparent.toUpperCase(Locale.ROOT))
                .id();
        String untraced = client.post("{\"payload\":1}").id();

        // Then
        assertThat(client.read(traced).json().get("traceparent").textValue()).isEqualTo(traceparent);
        assertThat(client.read(broken).json().get("traceparent").isNull()).isTrue();
        assertThat(client.read(untraced).json().get("traceparent").isNull()).isTrue();
        Records topic = new Records(Sluice.platform().kafka().bootstrapServers(), Sluice.topicName(Topic.MESSAGES));
        assertThat(topic.awaitFirst(record ->
                        DeadLetters.header(record, EventHeader.ID.key()).equals(traced)))
                .satisfies(record -> assertThat(DeadLetters.header(record, EventHeader.TRACEPARENT.key()))
                        .isEqualTo(traceparent));
        assertThat(table.withId(UUID.fromString(traced))).singleElement().satisfies(row -> assertThat(row.traceparent())
                .isEqualTo(traceparent));
    }

    @Test
    void anEventThatNobodyPostedIsNotFoundAndTheWaitForItEnds() {
        Answer read = client.get("/api/v1/messages/" + UUID.randomUUID(), "Prefer", "wait=1");

        assertThat(read.status()).isEqualTo(404);
        assertThat(read.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(read.json().get("type").textValue()).isEqualTo("/problems/not-found.md");
    }

    @Test
    void theListIsReadPageByPageNewestFirst() {
        // Given
        String subject = "pages-" + UUID.randomUUID();
        List<String> posted = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String id = client.post("{\"key\":\"k\",\"subject\":\"%s\",\"payload\":%d}".formatted(subject, i))
                    .id();
            client.read(id);
            posted.add(id);
        }

        // When
        List<String> listed = new ArrayList<>();
        int pages = 0;
        Answer page = client.get("/api/v1/messages?limit=10&subject=" + subject);
        while (true) {
            pages++;
            for (JsonNode item : page.json().get("items")) {
                listed.add(item.get("id").textValue());
            }
            if (page.json().get("next").isNull()) {
                break;
            }
            page = client.get(page.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1"));
        }

        // Then
        Collections.reverse(posted);
        assertThat(listed).isEqualTo(posted);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void theListIsFilteredByKey() {
        String key = "schlüssel & " + UUID.randomUUID();
        String id = client.post("{\"key\":\"%s\",\"payload\":1}".formatted(key)).id();
        client.read(id);

        Answer list = client.get("/api/v1/messages?key=" + URLEncoder.encode(key, UTF_8));

        assertThat(list.json().get("items")).hasSize(1);
        assertThat(list.json().get("items").get(0).get("id").textValue()).isEqualTo(id);
    }

    @Test
    void whatAUserLooksAtFirstIsThere() {
        for (String path : List.of(
                "/health",
                "/health/live",
                "/health/ready",
                "/health/started",
                "/api/health",
                "/v1/health",
                "/openapi",
                "/docs/",
                "/problems/not-found.md")) {
            assertThat(client.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(client.get("/api/health").json().get("pod-name").textValue()).isNotEmpty();
        assertThat(client.get("/api/health").json().get("version").textValue()).matches("\\d+\\.\\d+\\.\\d+.*");
    }
}
