package io.sluice.consumer.replays;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.consumer.intake.TopicWriter;
import io.sluice.contract.Event;
import io.sluice.contract.ReplayHeader;
import io.sluice.contract.Topic;
import io.sluice.testkit.Events;
import io.sluice.testkit.Messages;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program itself makes nothing of events that it has sent to its topic again, and calls a handler again if it is told to. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ReplayedEventsTest {

    private final AgroalDataSource pool;
    private final ReplayRows rows = new ReplayRows(Servers.shared().databaseUrl());
    private final Messages messages = new Messages(Servers.shared().databaseUrl());
    private final TopicWriter topic = new TopicWriter(Servers.shared().kafkaBootstrapServers());
    private final String task = UUID.randomUUID().toString();

    ReplayedEventsTest(AgroalDataSource pool) {
        this.pool = pool;
    }

    @AfterEach
    void close() {
        topic.close();
    }

    private Event event(int version) {
        return event(version, "task.updated");
    }

    private Event event(int version, String type) {
        return Events.with()
                .type(type)
                .key(task)
                .caller(Event.OUTBOX)
                .owner("alice")
                .payload("{\"taskId\":\"%s\",\"version\":%d,\"status\":\"open\"}".formatted(task, version))
                .build();
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, task);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    void theyAreStoredAndHandledOnceHoweverOftenTheyAreReplayed() throws SQLException {
        // Given
        Event first = event(1);
        Event second = event(2);
        topic.write(first, second);
        await().until(() -> messages.find(second.id()).isPresent());
        Messages.Row before = messages.find(first.id()).orElseThrow();
        // Would be made again by whoever handles the event again.
        rows.execute("delete from task_activity where task_id = ?::uuid", task);

        // When
        for (int i = 0; i < 2; i++) {
            UUID replay = rows.orderKey(task);
            await().untilAsserted(() -> assertThat(rows.summary(replay)).isEqualTo("done 2 sent 0 erased"));
        }
        // Behind them in the same partition.
        Event last = event(3);
        topic.write(last);
        await().until(() -> messages.find(last.id()).isPresent());

        // Then
        assertThat(new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name(""))
                        .all().stream()
                                .filter(record -> record.headers().lastHeader(ReplayHeader.ID) != null
                                        && new String(record.key(), UTF_8).equals(task)))
                .hasSize(4);
        assertThat(messages.find(first.id())).contains(before);
        assertThat(count("select count(*) from messages where key = ?")).isEqualTo(3);
        assertThat(count("select count(*) from task_activity where task_id = ?::uuid"))
                .as("of the last one alone")
                .isEqualTo(1);
        assertThat(count("select count(*) from dead_letters where key = ?")).isZero();
    }

    @Test
    void aHandlerIsCalledWithThemAgainAndNothingIsSent() throws SQLException {
        // Given: the history of a task is lost
        Event first = event(1);
        Event second = event(2);
        topic.write(first, second);
        await().until(() -> messages.find(second.id()).isPresent());
        rows.execute("delete from task_activity where task_id = ?::uuid and version = 1", task);
        int records = records().size();

        // When: by somebody who is not the owner, and twice
        for (int i = 0; i < 2; i++) {
            UUID replay = rows.orderForHandler("task-activity", "task.updated");
            await().untilAsserted(() -> assertThat(rows.summary(replay)).startsWith("done "));
            assertThat(rows.summary(replay)).doesNotContain(" 0 sent", " 1 sent");
        }

        // Then
        assertThat(count("select count(*) from task_activity where task_id = ?::uuid"))
                .isEqualTo(2);
        assertThat(count("select count(*) from task_activity where task_id = ?::uuid and event_id = '%s'"
                        .formatted(first.id())))
                .isEqualTo(1);
        assertThat(records()).hasSize(records);
    }

    @Test
    @Tag("slow")
    void aHandlerThatFailsForAnEventEndsTheReplayAndNothingIsHalfDone() throws SQLException {
        // Given: the second of two events of one page
        String type = "task." + task;
        rows.store(Instant.now(), event(1, type), event(-1, type));

        // When
        UUID replay = rows.orderForHandler("task-activity", type);
        UUID unknown = rows.orderForHandler("nobody", type);

        // Then
        await().untilAsserted(() -> assertThat(rows.summary(replay)).isEqualTo("failed 0 sent 0 erased"));
        assertThat(rows.column("reason", replay)).contains("the handler fails for it");
        await().untilAsserted(() -> assertThat(rows.summary(unknown)).isEqualTo("failed 0 sent 0 erased"));
        assertThat(count("select count(*) from task_activity where task_id = ?::uuid"))
                .isZero();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records() {
        return new Records(Servers.shared().kafkaBootstrapServers(), Topic.MESSAGES.name("")).all();
    }
}
