package io.sluice.api.messages.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.messages.stored.StoredMessage;
import io.sluice.contract.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Erases rows, so many in a transaction. What stays of an event is its row with id and fingerprint alone: the row is what a consumer that
 * reads the record again, and a client that sends it again, find their event by. Every method blocks, and throws {@link
 * DatabaseUnavailableException}.
 */
@ApplicationScoped
class ErasureStore {

    /** Most rows of a transaction. */
    static final int BATCH = 200;

    /** Id before those of all dead letters. */
    static final UUID FIRST = new UUID(0, 0);

    /** The payload is JSON for whoever reads the row without knowing that it is erased. */
    private static final String ERASE_MESSAGES =
            """
            with batch as (
                select id from messages
                 where key = ? and %s
                 order by stored_at, seq
                 limit ?
                   for update
            ), erased as (
                update messages m
                   set erased_at = transaction_timestamp(), type = 'erased', key = null, subject = null,
                       caller = case caller when '%s' then caller else 'erased' end, owner = null, traceparent = null,
                       payload = 'null'
                  from batch
                 where m.id = batch.id
                returning m.id
            )
            select count(*) from erased"""
                    .formatted(StoredMessage.VISIBLE, Event.OUTBOX);

    private static final String OF_KEY = "(key = ? or (event_id is null and record_key = ?))";

    private static final String LETTERS =
            "select id, event_id from dead_letters where " + OF_KEY + " and id > ? order by id limit ?";

    private static final String RECORD =
            "select record_key, record_value, header_keys, header_values from dead_letters where id = ?";

    /** Takes the id by a row like that of an event that was stored and erased. */
    private static final String TAKE_ID =
            """
            insert into messages (id, type, caller, time, payload, fingerprint, erased_at)
            values (?, 'erased', ?, transaction_timestamp(), 'null', ?, transaction_timestamp())
            on conflict (id) do nothing
            returning id""";

    private static final String ERASE_LETTERS =
            """
            with erased as (
                update dead_letters
                   set record_key = null, record_value = null, header_keys = '{}', header_values = '{}', type = null, key = null,
                       subject = null, detail = 'erased', state = 'resolved',
                       resolved_at = coalesce(resolved_at, transaction_timestamp())
                 where id = any (?) and %s
                returning id
            ), failures as (
                update dead_letter_attempts set detail = 'erased' where dead_letter_id in (select id from erased)
            ), noted as (
                insert into dead_letter_actions (dead_letter_id, action, who, outcome)
                select id, 'erase', ?, 'erased' from erased
            )
            select count(*) from erased"""
                    .formatted(OF_KEY);

    private static final String NOTE =
            """
            insert into erasures (id, key_sha256, who, messages, dead_letters) values (?, ?, ?, ?, ?)
            on conflict (id) do update
               set messages = erasures.messages + excluded.messages,
                   dead_letters = erasures.dead_letters + excluded.dead_letters
            returning id""";

    private final Sql sql;

    ErasureStore(Sql sql) {
        this.sql = sql;
    }

    /** Erases {@value #BATCH} messages of the key at most; returns how many, which is 0 if there are no more. */
    int eraseMessages(Erasure erasure) {
        return sql.inTransaction(transaction -> {
            int erased = count(transaction, ERASE_MESSAGES, List.of(erasure.key(), erasure.caller(), BATCH));
            note(transaction, erasure, erased, 0);
            return erased;
        });
    }

    /**
     * Some dead letters that were looked at.
     *
     * @param next the last of them, if there may be more behind it
     */
    record DeadLetterBatch(int erased, Optional<UUID> next) {}

    /** Erases {@value #BATCH} dead letters of the key at most, in the order of their ids, behind this one. */
    DeadLetterBatch eraseDeadLetters(Erasure erasure, UUID after) {
        return sql.inTransaction(transaction -> {
            byte[] recordKey = erasure.key().getBytes(UTF_8);
            Map<UUID, Boolean> letters = Sql.query(
                    transaction, LETTERS, List.of(erasure.key(), recordKey, after, BATCH), ErasureStore::letters);
            List<UUID> erasable = new ArrayList<>();
            UUID last = after;
            for (Map.Entry<UUID, Boolean> letter : letters.entrySet()) {
                last = letter.getKey();
                if (!letter.getValue() || takeId(transaction, erasure, last)) {
                    erasable.add(last);
                }
            }
            // The rows of messages first, as whoever stores an event that was sent again: two that lock in another
            // order each wait for ever.
            int erased = count(
                    transaction,
                    ERASE_LETTERS,
                    List.of(erasable.toArray(UUID[]::new), erasure.key(), recordKey, erasure.caller()));
            note(transaction, erasure, 0, erased);
            return new DeadLetterBatch(erased, letters.size() == BATCH ? Optional.of(last) : Optional.empty());
        });
    }

    /** Ids in their order, and whether the record is an event. */
    private static Map<UUID, Boolean> letters(ResultSet rows) throws SQLException {
        Map<UUID, Boolean> letters = new LinkedHashMap<>();
        while (rows.next()) {
            letters.put(rows.getObject("id", UUID.class), rows.getObject("event_id") != null);
        }
        return letters;
    }

    /**
     * Takes the id of a dead letter's event, if no event has it: what could not be stored once may be stored when its record is read again.
     *
     * @return false for the event of a feature that is another's, which is to stay
     */
    private static boolean takeId(Connection transaction, Erasure erasure, UUID letter) throws SQLException {
        // One by one, since a record may be as large as an event may be.
        Optional<Event> found = Sql.query(transaction, RECORD, List.of(letter), DeadLetterEvents::read);
        if (found.isEmpty()) {
            return true;
        }
        Event event = found.get();
        if (event.isOfFeature() && !erasure.caller().equals(event.owner())) {
            return false;
        }
        Sql.query(
                transaction,
                TAKE_ID,
                List.of(
                        event.id(),
                        event.isOfFeature() ? Event.OUTBOX : "erased",
                        event.fingerprint().bytes()),
                ResultSet::next);
        return true;
    }

    private static void note(Connection transaction, Erasure erasure, int messages, int deadLetters)
            throws SQLException {
        if (messages + deadLetters > 0) {
            Sql.query(
                    transaction,
                    NOTE,
                    List.of(erasure.id(), erasure.keySha256(), erasure.caller(), messages, deadLetters),
                    ResultSet::next);
        }
    }

    private static int count(Connection transaction, String statement, List<Object> parameters) throws SQLException {
        return Sql.query(transaction, statement, parameters, rows -> {
            rows.next();
            return rows.getInt(1);
        });
    }
}
