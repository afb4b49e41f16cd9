package io.sluice.consumer.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agroal.api.AgroalDataSource;
import io.sluice.contract.Event;
import io.sluice.runtime.database.Transaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The tables {@code dead_letters} and {@code dead_letter_attempts}. */
@Singleton
class DeadLetterTable {

    private static final String INSERT =
            """
            insert into dead_letters (
                id, reason, detail, attempts, origin_topic, origin_partition, origin_offset,
                record_key, record_value, header_keys, header_values, event_id, type, key, subject,
                failed_at, last_failed_at)
            values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing
            """;

    private static final String INSERT_ATTEMPT =
            """
            insert into dead_letter_attempts (
                id, dead_letter_id, reason, detail, origin_topic, origin_partition, origin_offset, event_id, failed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing
            """;

    /**
     * A dead letter that fails again is open again. A resolved one stays resolved: its event is stored, or an operator
     * has decided.
     */
    private static final String COUNT =
            """
            update dead_letters
            set attempts = attempt.count, reason = attempt.reason, detail = attempt.detail,
                last_failed_at = attempt.failed_at,
                state = case state when 'redriven' then 'open' else state end
            from (
                select distinct on (dead_letter_id) dead_letter_id, reason, detail, failed_at,
                    count(*) over (partition by dead_letter_id) as count
                from dead_letter_attempts
                where dead_letter_id = any (?::uuid[])
                order by dead_letter_id, failed_at desc, origin_offset desc
            ) as attempt
            where id = attempt.dead_letter_id and attempts <> attempt.count
            """;

    private final AgroalDataSource pool;

    DeadLetterTable(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** Stores those that are not stored yet, all of them or none. */
    void store(List<DecodedDeadLetter> letters) throws SQLException {
        // Sorted, so that two transactions lock rows in the same order.
        List<DecodedDeadLetter> sorted = letters.stream()
                .sorted(Comparator.comparing(DecodedDeadLetter::id))
                .toList();
        try (Transaction transaction = Transaction.begin(pool)) {
            Connection connection = transaction.connection();
            insert(connection, sorted);
            insertAttempts(connection, sorted);
            count(connection, sorted);
            transaction.commit();
        }
    }

    private static void insert(Connection connection, List<DecodedDeadLetter> letters) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (DecodedDeadLetter letter : letters) {
                new Row(insert)
                        .add(letter.id())
                        .addFailure(letter)
                        .add(letter.key())
                        .add(letter.value())
                        .add(letter.headers(), header -> header.key().getBytes(UTF_8))
                        .add(letter.headers(), Header::value)
                        .add(of(letter, Event::id))
                        .add(of(letter, Event::type))
                        .add(of(letter, Event::key))
                        .add(of(letter, Event::subject))
                        .add(letter.failedAt())
                        .add(letter.failedAt())
                        .end();
            }
            insert.executeBatch();
        }
    }

    private static <T> @Nullable T of(DecodedDeadLetter letter, Function<Event, @Nullable T> attribute) {
        Event event = letter.event();
        return event == null ? null : attribute.apply(event);
    }

    private static void insertAttempts(Connection connection, List<DecodedDeadLetter> letters) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_ATTEMPT)) {
            for (DecodedDeadLetter letter : letters) {
                new Row(insert)
                        .add(letter.attemptId())
                        .add(letter.id())
                        .addFailure(letter)
                        .add(of(letter, Event::id))
                        .add(letter.failedAt())
                        .end();
            }
            insert.executeBatch();
        }
    }

    private static void count(Connection connection, List<DecodedDeadLetter> letters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(COUNT)) {
            UUID[] ids = letters.stream().map(DecodedDeadLetter::id).distinct().toArray(UUID[]::new);
            update.setArray(1, connection.createArrayOf("uuid", ids));
            update.executeUpdate();
        }
    }

    /** Appends the parameters of a statement in order. */
    private static final class Row {

        private final PreparedStatement statement;
        private int count;

        Row(PreparedStatement statement) {
            this.statement = statement;
        }

        Row add(@Nullable Object value) throws SQLException {
            statement.setObject(++count, value);
            return this;
        }

        Row add(@Nullable String value) throws SQLException {
            statement.setString(++count, value);
            return this;
        }

        Row add(byte @Nullable [] value) throws SQLException {
            statement.setBytes(++count, value);
            return this;
        }

        Row add(Instant value) throws SQLException {
            return add((Object) OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
        }

        Row add(List<Header> headers, Function<Header, byte @Nullable []> part) throws SQLException {
            byte[][] parts = headers.stream().map(part).toArray(byte[][]::new);
            statement.setArray(++count, statement.getConnection().createArrayOf("bytea", parts));
            return this;
        }

        /** Adds the failure and the record's position: the columns that both tables share. */
        Row addFailure(DecodedDeadLetter letter) throws SQLException {
            return add(letter.reason())
                    .add(letter.detail())
                    .add(letter.originTopic())
                    .add(letter.originPartition())
                    .add(letter.originOffset());
        }

        void end() throws SQLException {
            statement.addBatch();
            count = 0;
        }
    }
}
