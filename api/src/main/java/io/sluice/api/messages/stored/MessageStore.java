package io.sluice.api.messages.stored;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.contract.Event;
import io.sluice.contract.Fingerprint;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds rows of the table {@code messages}. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
public class MessageStore {

    private final Sql sql;

    MessageStore(Sql sql) {
        this.sql = sql;
    }

    /** The message with this id, if this caller may see it. */
    public Optional<StoredMessage> find(UUID id, String caller) {
        return sql.query(
                "select " + StoredMessage.COLUMNS + " from messages where id = ? and " + StoredMessage.VISIBLE,
                List.of(id, caller),
                rows -> rows.next() ? Optional.of(StoredMessage.of(rows)) : Optional.empty());
    }

    /** True if the event with this id was erased, and was none of a feature, which callers other than its owner know nothing of. */
    public boolean isErased(UUID id) {
        return sql.query(
                "select 1 from messages where id = ? and erased_at is not null and caller <> '" + Event.OUTBOX + "'",
                List.of(id),
                ResultSet::next);
    }

    /** The fingerprints of those that are stored. */
    public Map<UUID, Fingerprint> fingerprints(Collection<UUID> ids) {
        UUID[] array = ids.toArray(UUID[]::new);
        return sql.query("select id, fingerprint from messages where id = any (?)", List.of((Object) array), rows -> {
            Map<UUID, Fingerprint> found = new HashMap<>();
            while (rows.next()) {
                found.put(rows.getObject(1, UUID.class), Fingerprint.ofBytes(rows.getBytes(2)));
            }
            return found;
        });
    }
}
