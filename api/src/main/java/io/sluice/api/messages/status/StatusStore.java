package io.sluice.api.messages.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.contract.EventHeader;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds what has become of events. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
public class StatusStore {

    /** Sender of what failed. A header that stands more than once is read as it is of events: the last counts. */
    private static final String CALLER =
            """
            (select value
               from unnest(header_keys, header_values) with ordinality as header (name, value, number)
              where name = convert_to('%s', 'UTF8')
              order by number desc
              limit 1)"""
                    .formatted(EventHeader.CALLER.key());

    private static final String STATUS =
            """
            select stored.stored_at, failure.*
              from (values (1)) one
              left join (select stored_at from messages where id = ? and (caller = ? or owner = ?)) stored on true
              left join (select state, reason, last_failed_at
                           from dead_letters
                          where event_id = ? and %s = convert_to(?, 'UTF8')
                          order by stored_at desc, seq desc
                          limit 1) failure on true"""
                    .formatted(CALLER);

    private static final String SETTLED =
            """
            select id, null::bytea as caller from messages where id = any (?)
            union all select event_id, %s from dead_letters where event_id = any (?) and state <> 'redriven'"""
                    .formatted(CALLER);

    private final Sql sql;

    StatusStore(Sql sql) {
        this.sql = sql;
    }

    /** The fate of the event that this caller has sent under this id; empty if nothing is known of one. */
    public Optional<MessageStatus> find(UUID id, String caller) {
        return sql.query(STATUS, List.of(id, caller, caller, id, caller), rows -> {
            rows.next();
            return status(id, rows);
        });
    }

    /** Finds the events of these that are stored, or that have become dead letters of their caller and were not sent again. */
    public Set<Awaited> settled(Set<Awaited> events) {
        UUID[] ids = events.stream().map(Awaited::id).distinct().toArray(UUID[]::new);
        return sql.query(SETTLED, List.of((Object) ids, ids), rows -> {
            Set<UUID> stored = new HashSet<>();
            Set<Awaited> failed = new HashSet<>();
            while (rows.next()) {
                UUID id = rows.getObject(1, UUID.class);
                byte[] caller = rows.getBytes(2);
                if (caller == null) {
                    stored.add(id);
                } else {
                    failed.add(new Awaited(id, new String(caller, UTF_8)));
                }
            }
            return events.stream()
                    .filter(event -> stored.contains(event.id()) || failed.contains(event))
                    .collect(Collectors.toSet());
        });
    }

    private static Optional<MessageStatus> status(UUID id, ResultSet row) throws SQLException {
        boolean isStored = row.getObject("stored_at") != null;
        boolean hasFailed = row.getObject("state") != null;
        if (!isStored && !hasFailed) {
            return Optional.empty();
        }
        return Optional.of(MessageStatus.of(
                id,
                isStored ? Sql.instant(row, "stored_at") : null,
                hasFailed
                        ? new MessageStatus.Failure(
                                row.getString("state"), row.getString("reason"), Sql.instant(row, "last_failed_at"))
                        : null));
    }
}
