package io.sluice.api.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Reads what is to be sent again, and keeps the books on it. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
class RedriveStore {

    /** Bytes of records that are sent at once at most, unless the first record alone has more. */
    static final int MAX_BYTES = 2 << 20;

    private static final String COLUMNS =
            "id, seq, state, reason, attempts, type, key, subject, stored_at, " + DeadLetterRows.RECORD_COLUMNS;

    private static final String FIND =
            "select %s, %s from dead_letters where id = ?".formatted(COLUMNS, failedEventId("dead_letters"));

    /** Cut where it gets too large, before a value that lies out of line is read: its length is known without it. */
    private static final String OLDEST =
            """
            select *, %3$s
              from (select *, count(*) over () as available, sum(bytes) over (order by %2$s) as bytes_so_far
                      from (select *,
                                   coalesce(octet_length(record_key), 0) + coalesce(octet_length(record_value), 0)
                                       + coalesce((select sum(octet_length(value)) from unnest(header_values) as value), 0)
                                       as bytes
                              from (%1$s order by %2$s limit ?) page) measured) cut
             where bytes_so_far <= ? or bytes_so_far = bytes
             order by %2$s""";

    private static final String BEGIN =
            """
            insert into dead_letter_actions (dead_letter_id, action, who)
            select unnest(?), ?, ?
            returning seq, dead_letter_id""";

    /**
     * Whatever is locked is being stored or is failing once more, and must not become redriven; and so is what has failed since
     * it was read.
     */
    private static final String END =
            """
            with sent as (
                select * from unnest(?, ?, ?, ?) as sent (dead_letter_id, action, attempts, outcome)
            ), ended as (
                update dead_letter_actions a set outcome = sent.outcome from sent where a.seq = sent.action
            ), redriven as (
                update dead_letters set state = 'redriven'
                 where id in (select l.id
                                from dead_letters l join sent on l.id = sent.dead_letter_id
                               where sent.outcome = 'sent' and l.state = 'open' and l.attempts = sent.attempts
                                 for update of l skip locked)
                returning id, state
            )
            select l.id, coalesce(redriven.state, l.state) as state
              from dead_letters l left join redriven on redriven.id = l.id
             where l.id in (select dead_letter_id from sent)""";

    private static final String RESOLVE =
            """
            with resolved as (
                update dead_letters set state = 'resolved', resolved_at = transaction_timestamp()
                 where id = ? and state <> 'resolved'
                returning id
            ), noted as (
                insert into dead_letter_actions (dead_letter_id, action, who, outcome)
                select id, 'resolve', ?, 'resolved' from resolved
            )
            select exists (select 1 from resolved) as now
              from dead_letters where id = ?""";

    private final Sql sql;

    RedriveStore(Sql sql) {
        this.sql = sql;
    }

    /** The id of the event of a dead letter's last failure, in the order in which the consumer counts failures. */
    private static String failedEventId(String letter) {
        return """
                (select event_id
                   from dead_letter_attempts
                  where dead_letter_id = %s.id
                  order by failed_at desc, origin_offset desc
                  limit 1) as failed_event_id"""
                .formatted(letter);
    }

    /** The dead letter with this id. */
    Optional<Candidate> find(UUID id) {
        return sql.query(FIND, List.of(id), rows -> rows.next() ? Optional.of(candidate(rows)) : Optional.empty());
    }

    /**
     * Some of those that can be sent again in one way.
     *
     * @param candidates oldest first
     * @param next behind the last one that was looked at, or {@code null} if there are no more
     */
    record Candidates(List<Candidate> candidates, @Nullable Cursor next) {}

    /**
     * Dead letters that can be sent again in this way, oldest first.
     *
     * @param after where to begin, or {@code null} for the oldest
     * @param limit how many at most; there are fewer if they would have more than {@value #MAX_BYTES} bytes
     */
    Candidates oldest(Filter filter, Mode mode, @Nullable Cursor after, int limit) {
        Selection selection = Selection.oldestFirst(filter, after, mode.condition());
        List<Object> parameters = selection.parameters();
        // One more than is wanted, to know whether there are more.
        parameters.add(limit + 1);
        parameters.add(MAX_BYTES);
        return sql.query(
                OLDEST.formatted(selection.sql(COLUMNS), selection.order(), failedEventId("cut")),
                parameters,
                rows -> candidates(rows, limit));
    }

    private static Candidates candidates(ResultSet rows, int limit) throws SQLException {
        List<Candidate> candidates = new ArrayList<>();
        Cursor last = null;
        boolean more = false;
        for (int read = 1; candidates.size() < limit && rows.next(); read++) {
            if (rows.getBoolean("matches")) {
                candidates.add(candidate(rows));
            }
            last = new Cursor(Sql.instant(rows, "stored_at"), rows.getLong("seq"));
            more = rows.getLong("available") > read || rows.getInt("place") == Selection.MAX_SCANNED;
        }
        return new Candidates(candidates, more ? last : null);
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                row.getObject("id", UUID.class),
                row.getString("state"),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getObject("failed_event_id", UUID.class),
                row.getBytes("record_key"),
                row.getBytes("record_value"),
                headers(row));
    }

    private static List<Header> headers(ResultSet row) throws SQLException {
        byte[][] names = (byte[][]) row.getArray("header_keys").getArray();
        byte[][] values = (byte[][]) row.getArray("header_values").getArray();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            headers.add(new RecordHeader(new String(names[i], UTF_8), values[i]));
        }
        return headers;
    }

    /** Notes that these are about to be sent; returns the number of each one's note. */
    Map<UUID, Long> begin(List<UUID> ids, Mode mode, String who) {
        return sql.query(BEGIN, List.of(ids.toArray(UUID[]::new), mode.action(), who), rows -> {
            Map<UUID, Long> notes = new HashMap<>();
            while (rows.next()) {
                notes.put(rows.getObject("dead_letter_id", UUID.class), rows.getLong("seq"));
            }
            return notes;
        });
    }

    /**
     * One that was sent.
     *
     * @param attempts how often it had failed before
     * @param note the number of its note
     */
    record Sent(UUID id, int attempts, long note, Outcome outcome) {}

    /** Notes what became of these, and marks those as redriven that are; returns the state that each is in. */
    Map<UUID, String> end(List<Sent> sent) {
        List<Object> columns = List.of(
                column(sent, Sent::id).toArray(UUID[]::new),
                column(sent, Sent::note).toArray(Long[]::new),
                column(sent, Sent::attempts).toArray(Integer[]::new),
                column(sent, one -> one.outcome().code()).toArray(String[]::new));
        return sql.query(END, columns, rows -> {
            Map<UUID, String> states = new HashMap<>();
            while (rows.next()) {
                states.put(rows.getObject("id", UUID.class), rows.getString("state"));
            }
            return states;
        });
    }

    private static <T> List<T> column(List<Sent> sent, Function<Sent, T> value) {
        return sent.stream().map(value).toList();
    }

    /**
     * Puts a dead letter away.
     *
     * @return whether it was not resolved before; empty if there is none
     */
    Optional<Boolean> resolve(UUID id, String who) {
        return sql.query(
                RESOLVE,
                List.of(id, who, id),
                rows -> rows.next() ? Optional.of(rows.getBoolean("now")) : Optional.empty());
    }
}
