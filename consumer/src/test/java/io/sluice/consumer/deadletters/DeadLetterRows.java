package io.sluice.consumer.deadletters;

import static io.sluice.testkit.Await.await;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the tables of dead letters. */
@Singleton
public class DeadLetterRows {

    private final AgroalDataSource pool;

    DeadLetterRows(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** A row of {@code dead_letters}. */
    public record Row(
            UUID id,
            String state,
            String reason,
            String detail,
            int attempts,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<byte[]> headerKeys,
            List<byte @Nullable []> headerValues,
            @Nullable UUID eventId) {}

    /** The one that came from this place; waits for it. */
    public Row awaitFrom(String topic, int partition, long offset) {
        return await().until(
                        () -> select(
                                "origin_topic = ? and origin_partition = ? and origin_offset = ?",
                                topic,
                                partition,
                                offset),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The one with this id, which has to be there. */
    public Row get(UUID id) throws SQLException {
        return select("id = ?", id).orElseThrow();
    }

    /** The ids of the events of a dead letter's failures, by the failures' ids. */
    public Map<UUID, @Nullable UUID> failedEvents(UUID id) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, event_id from dead_letter_attempts where dead_letter_id = ?")) {
            select.setObject(1, id);
            Map<UUID, @Nullable UUID> events = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    events.put(rows.getObject("id", UUID.class), rows.getObject("event_id", UUID.class));
                }
            }
            return events;
        }
    }

    private Optional<Row> select(String where, Object... parameters) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("select * from dead_letters where " + where)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(row(rows)) : Optional.empty();
            }
        }
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                rows.getObject("id", UUID.class),
                rows.getString("state"),
                rows.getString("reason"),
                rows.getString("detail"),
                rows.getInt("attempts"),
                rows.getBytes("record_key"),
                rows.getBytes("record_value"),
                list(rows.getArray("header_keys")),
                list(rows.getArray("header_values")),
                rows.getObject("event_id", UUID.class));
    }

    private static List<byte[]> list(Array array) throws SQLException {
        return Arrays.asList((byte[][]) array.getArray());
    }

    /** Changes a row as the api does. */
    public void redriven(UUID id) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update dead_letters set state = 'redriven' where id = ?")) {
            update.setObject(1, id);
            update.executeUpdate();
        }
    }

    /** Makes a trigger fail for one id, until {@link #takeAll}. */
    void refuse(UUID id) throws SQLException {
        run(
                """
                create function letter_fault() returns trigger language plpgsql as $$
                begin
                    if new.id = '%s' then raise exception 'as the test wants it'; end if;
                    return new;
                end $$;
                create trigger letter_fault before insert on dead_letters for each row execute function letter_fault()
                """
                        .formatted(id));
    }

    void takeAll() throws SQLException {
        run("drop function if exists letter_fault cascade");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
