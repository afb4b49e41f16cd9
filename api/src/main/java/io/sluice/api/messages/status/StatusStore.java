package io.sluice.api.messages.status;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.contract.EventHeader;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds what has become of events. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
public class StatusStore {

    /** Most dead letters of one id that are looked at, the newest first: whoever has sent more of them has other questions. */
    private static final int MAX_SCANNED = 100;

    /** A header that stands more than once is read as it is of events: the last counts. */
    private static final String STATUS =
            """
            select stored.stored_at, failure.*
              from (values (1)) one
              left join (select stored_at from messages where id = ? and (caller = ? or owner = ?)) stored on true
              left join (select state, reason, last_failed_at
                           from (select *
                                   from dead_letters
                                  where event_id = ?
                                  order by stored_at desc, seq desc
                                  limit %d) letter
                          where (select value
                                   from unnest(header_keys, header_values) with ordinality as header (name, value, number)
                                  where name = convert_to('%s', 'UTF8')
                                  order by number desc
                                  limit 1) = convert_to(?, 'UTF8')
                          order by stored_at desc, seq desc
                          limit 1) failure on true"""
                    .formatted(MAX_SCANNED, EventHeader.CALLER.key());

    private final Sql sql;

    StatusStore(Sql sql) {
        this.sql = sql;
    }

    /** What has become of the event that this caller has sent under this id; empty if nothing is known of one. */
    public Optional<MessageStatus> find(UUID id, String caller) {
        return sql.query(STATUS, List.of(id, caller, caller, id, caller), rows -> {
            rows.next();
            return status(id, rows);
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
