package io.sluice.api.messages.list;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.messages.Rows;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Servers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole lists as lines, for clients that read them, that do not, and that go. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class MessageLinesTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String LARGEST = "\"" + "x".repeat((1 << 20) - 2) + "\"";

    /** More than a connection has room for where nobody reads. */
    private static final int MANY = 40;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String subject = "lines-" + UUID.randomUUID();
    private final Rows rows;

    Servers servers;

    @TestHTTPResource
    URI api;

    MessageLinesTest(Rows rows) {
        this.rows = rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void allMessagesComeOverManyPagesAndTheLastLineSaysSo(String order) throws Exception {
        // Given
        Event first =
                Events.with().subject(subject).payload("{\n \"a\":\r\n\"\\n\"}").build();
        rows.store(first, NOON);
        rows.storeMany(null, "", subject, 3 * MessageLines.PAGE_MESSAGES, NOON.plusSeconds(1));

        // When
        HttpResponse<String> answer = get("&order=" + order);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        int messages = 3 * MessageLines.PAGE_MESSAGES + 1;
        assertThat(lines).hasSize(messages + 1).doesNotHaveDuplicates();
        assertThat(lines.get(messages)).startsWith("{\"end\":true,\"messages\":" + messages);
        String line = lines.get(order.equals("asc") ? 0 : messages - 1);
        assertThat(new ObjectMapper().readTree(line).path("id").textValue())
                .isEqualTo(first.id().toString());
        assertThat(line).endsWith("\"payload\":{  \"a\":  \"\\n\"}}");
    }

    @Test
    void theLastLineInTheOrderOfStoringHasThePositionOfWhatIsStoredLater() throws Exception {
        // Given
        rows.store(Events.with().subject(subject).build(), NOON);
        String end = last(get("&order=asc"));
        Event later = Events.with().subject(subject).build();
        rows.store(later);

        // When
        String cursor =
                "&cursor=" + new ObjectMapper().readTree(end).path("position").textValue();
        HttpResponse<String> answer = get("&order=asc" + cursor);

        // Then
        assertThat(answer.body().lines()).hasSize(2);
        assertThat(answer.body()).contains(later.id().toString());
    }

    @Test
    void aListInWhichNothingMatchesIsItsLastLine() throws Exception {
        rows.storeMany(null, "", subject, 2 * MessagePages.MAX_SCANNED, NOON);

        assertThat(get("&type=none").body()).isEqualTo("{\"end\":true,\"messages\":0}\n");
    }

    @Test
    void clientsThatDoNotReadHoldSoManyPlacesAndLeaveThemWhenTheyGo() throws Exception {
        // Given
        storeLarge();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < MessageLists.AT_ONCE; i++) {
            clients.add(begin());
        }
        for (Socket client : clients) {
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }

        // When
        HttpResponse<String> refused = get("");

        // Then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("overloaded");
        for (Socket client : clients) {
            client.close();
        }
        await().until(() -> get("&limit=1").statusCode() == 400
                && get("&until=2000-01-01T00:00:00Z").statusCode() == 200);
    }

    @Test
    void aListThatCannotBeReadToItsEndIsBrokenOff() throws Exception {
        // Given
        storeLarge();
        try (Socket client = begin()) {
            assertThat(client.getInputStream().read()).isEqualTo('H');

            // When
            servers.postgres().kill();
            byte[] rest = readToEnd(client);

            // Then
            String text = new String(rest, UTF_8);
            assertThat(text)
                    .contains("\"payload\":")
                    .doesNotContain("\"end\":true")
                    .doesNotEndWith("0\r\n\r\n");
        } finally {
            servers.postgres().start();
        }
        await().until(() -> get("&until=2000-01-01T00:00:00Z").statusCode() == 200);
    }

    private static byte[] readToEnd(Socket client) {
        byte[] all = new byte[0];
        try {
            all = client.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // As good an end as any other.
        }
        return all;
    }

    private void storeLarge() {
        for (int i = 0; i < MANY; i++) {
            rows.store(Events.with().subject(subject).payload(LARGEST).build(), NOON.plusSeconds(i));
        }
    }

    private static String last(HttpResponse<String> answer) {
        List<String> lines = answer.body().lines().toList();
        return lines.get(lines.size() - 1);
    }

    private HttpResponse<String> get(String more) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/v1/messages?subject=" + subject + more))
                .header("Accept", "application/x-ndjson")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Socket begin() throws IOException {
        Socket client = new Socket(api.getHost(), api.getPort());
        client.getOutputStream()
                .write(("GET /api/v1/messages?subject=" + subject
                                + " HTTP/1.1\r\nHost: a\r\nAccept: application/x-ndjson\r\nConnection: close\r\n\r\n")
                        .getBytes(UTF_8));
        return client;
    }
}
