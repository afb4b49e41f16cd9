package io.sluice.consumer.tasks;

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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From events of tasks to the history of each. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class TaskActivityTest {

    private final AgroalDataSource pool;
    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final TopicWriter topic = new TopicWriter(Servers.shared().kafkaBootstrapServers());
    private final UUID task = UUID.randomUUID();

    TaskActivityTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    @AfterEach
    void close() {
        topic.close();
    }

    private Event event(String type, int version, String status) {
        return with(
                        type,
                        "{\"taskId\":\"%s\",\"version\":%d,\"status\":\"%s\",\"later\":[1]}"
                                .formatted(task, version, status))
                .build();
    }

    private Events with(String type, String payload) {
        return Events.with()
                .type(type)
                .key(task.toString())
                .caller(Event.OUTBOX)
                .owner("alice")
                .payload(payload);
    }

    private List<String> activity() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        """
                        select concat_ws(' ', version, type, status, owner) from task_activity
                         where task_id = ? order by stored_at, version""")) {
            select.setObject(1, task);
            List<String> all = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
            }
            return all;
        }
    }

    private void awaitStored(Event event) {
        await().until(() -> messages.find(event.id()).isPresent());
    }

    @Test
    void eachVersionIsThereOnce() throws SQLException {
        // Given
        Event created = event("task.created", 1, "open");
        Event completed = event("task.completed", 2, "completed");
        Event last = event("task.deleted", 3, "deleted");

        // When: the relay has sent some twice
        topic.write(created, completed, completed, created, last);

        // Then
        awaitStored(last);
        assertThat(activity())
                .containsExactly(
                        "1 task.created open alice",
                        "2 task.completed completed alice",
                        "3 task.deleted deleted alice");
    }

    @Test
    void anotherEventOfTheSameVersionChangesNothing() throws SQLException {
        // Given: as after a restore, or where the row of messages has expired
        Event first = event("task.created", 1, "open");
        Event second = event("task.created", 1, "completed");

        // When
        topic.write(first, second);

        // Then
        awaitStored(second);
        assertThat(activity()).containsExactly("1 task.created open alice");
    }

    @Test
    void anEventOfAClientIsNotBelieved() throws SQLException {
        // Given
        Event forged = with(
                        "task.completed", "{\"taskId\":\"%s\",\"version\":1,\"status\":\"completed\"}".formatted(task))
                .caller("https://login.example.com/mallory")
                .build();

        // When
        topic.write(forged);

        // Then
        awaitStored(forged);
        assertThat(activity()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"taskId\":\"x\",\"version\":1,\"status\":\"open\"}"})
    void oneThatNobodyUnderstandsIsADeadLetterAndHoldsUpNothing(String payload) throws SQLException {
        // Given
        Event odd = with("task.created", payload).build();
        Event next = event("task.updated", 2, "open");

        // When
        topic.write(odd, next);

        // Then
        awaitStored(next);
        assertThat(activity()).containsExactly("2 task.updated open alice");
        new Records(Servers.shared().kafkaBootstrapServers(), Topic.DEAD_LETTERS.name(""))
                .awaitFirst(letter -> Stream.of(letter.headers().toArray())
                        .anyMatch(header -> header.key().equals("ce_id")
                                && new String(header.value(), StandardCharsets.UTF_8)
                                        .equals(odd.id().toString())));
    }
}
