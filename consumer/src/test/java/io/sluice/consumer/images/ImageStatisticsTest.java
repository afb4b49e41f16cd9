package io.sluice.consumer.images;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.intake.TopicWriter;
import io.sluice.contract.Event;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From events of images to the statistics of their owners. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ImageStatisticsTest {

    private static final Instant EVENING = Instant.parse("2026-11-27T23:59:59.999Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-28T00:00:00Z");

    private final AgroalDataSource pool;
    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final TopicWriter topic = new TopicWriter(Servers.shared().kafkaBootstrapServers());
    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    ImageStatisticsTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    @AfterEach
    void close() {
        topic.close();
    }

    private static Event analysed(String owner, Instant time, int objects) {
        return with(
                        owner,
                        "image.analysed",
                        "{\"imageId\":\"%s\",\"version\":3,\"status\":\"done\",\"objects\":%d,\"later\":[1]}"
                                .formatted(UUID.randomUUID(), objects))
                .time(time)
                .build();
    }

    private static Events with(String owner, String type, String payload) {
        return Events.with()
                .type(type)
                .key(UUID.randomUUID().toString())
                .caller(Event.OUTBOX)
                .owner(owner)
                .payload(payload);
    }

    private List<String> statistics(String owner) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select concat_ws(' ', day, images, objects) from image_statistics where owner = ? order by day")) {
            select.setString(1, owner);
            List<String> all = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
            }
            return all;
        }
    }

    private void write(Event... events) {
        topic.write(events);
        for (Event event : events) {
            await().until(() -> messages.find(event.id()).isPresent());
        }
    }

    @Test
    void imagesAndObjectsAreCountedByOwnerAndDay() throws SQLException {
        // When
        write(analysed(alice, EVENING, 3), analysed(bob, EVENING, 1), analysed(alice, EVENING, 0));
        write(analysed(alice, EVENING, 4), analysed(alice, MIDNIGHT, 5));

        // Then
        assertThat(statistics(alice)).containsExactly("2026-11-27 3 7", "2026-11-28 1 5");
        assertThat(statistics(bob)).containsExactly("2026-11-27 1 1");
    }

    @Test
    void anEventThatTheRelayHasSentTwiceCountsOnce() throws SQLException {
        // Given
        Event event = analysed(alice, EVENING, 3);

        // When
        topic.write(event, event);
        write(event);
        write(analysed(alice, MIDNIGHT, 1));

        // Then
        assertThat(statistics(alice)).containsExactly("2026-11-27 1 3", "2026-11-28 1 1");
    }

    @Test
    void whatIsNoAnalysisOfTheWorkersIsNotCounted() throws SQLException {
        // Given
        Event failed = with(alice, "image.failed", "{\"imageId\":\"x\",\"version\":3,\"status\":\"failed\"}")
                .build();
        Event forged = with(alice, "image.analysed", "{\"objects\":7}")
                .caller("https://login.example.com/mallory")
                .build();

        // When
        write(failed, forged);

        // Then
        assertThat(statistics(alice)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"objects\":-1}", "{\"objects\":\"many\"}", "{\"objects\":1e3}"})
    void oneThatNobodyUnderstandsIsADeadLetterAndHoldsUpNothing(String payload) throws SQLException {
        // Given
        Event odd = with(alice, "image.analysed", payload).build();
        Event next = analysed(alice, MIDNIGHT, 2);

        // When
        topic.write(odd, next);

        // Then
        await().until(() -> messages.find(next.id()).isPresent());
        assertThat(statistics(alice)).containsExactly("2026-11-28 1 2");
        new Records(Servers.shared().kafkaBootstrapServers(), Topic.DEAD_LETTERS.name(""))
                .awaitFirst(letter -> Stream.of(letter.headers().toArray())
                        .anyMatch(header -> header.key().equals("ce_id")
                                && new String(header.value(), StandardCharsets.UTF_8)
                                        .equals(odd.id().toString())));
    }
}
