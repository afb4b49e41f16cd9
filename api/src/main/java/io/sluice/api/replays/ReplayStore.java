package io.sluice.api.replays;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.Page;
import io.sluice.api.http.paging.StatusListQuery;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.EventId;
import io.sluice.contract.Fingerprint;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Replays in the database. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@ApplicationScoped
class ReplayStore {

    /** Most replays that have not ended; some more get in if they are ordered at once. */
    static final int MAX_UNFINISHED = 100;

    /** The database's clock is the one that events were stored by. */
    private static final String ORDER =
            """
            insert into replays (id, owner, fingerprint, since, until, key, key_sha256, type, handler)
            select ?, ?, ?, ?, least(coalesce(?::timestamptz, clock_timestamp()), clock_timestamp()), ?, ?, ?, ?
             where (select count(*) from replays where ended_at is null) < ?
            on conflict (id) do nothing
            returning\s"""
                    + Replay.COLUMNS;

    private static final String OF_OWNER = " from replays where id = ? and owner = ?";

    private static final String FIND = "select " + Replay.COLUMNS + OF_OWNER;

    private static final String FINGERPRINT = "select fingerprint" + OF_OWNER;

    private static final String LIST = "select " + Replay.COLUMNS + " from replays where owner = ?";

    private static final String CANCEL =
            """
            update replays set status = 'cancelled', reason = null, key = null, ended_at = clock_timestamp()
             where id = ? and owner = ? and ended_at is null
            returning id""";

    private final Sql sql;

    ReplayStore(Sql sql) {
        this.sql = sql;
    }

    /**
     * Orders a replay.
     *
     * @param idempotencyKey of the request, or {@code null}; the same order under the same key is one replay
     * @throws ProblemException {@link ProblemCode#IDEMPOTENCY_CONFLICT} if something else was ordered under the key, {@link
     *     ProblemCode#OVERLOADED} if too many wait
     */
    Replay order(String owner, ReplayOrder order, @Nullable String idempotencyKey) {
        UUID id = idempotencyKey == null ? EventId.next() : EventId.ofIdempotencyKey(owner, idempotencyKey);
        Fingerprint fingerprint = order.fingerprint(owner);
        return sql.inTransaction(transaction -> {
            Optional<Replay> ordered = Sql.query(
                    transaction,
                    ORDER,
                    Arrays.asList(
                            id,
                            owner,
                            fingerprint.bytes(),
                            order.since(),
                            order.until(),
                            order.key(),
                            order.keySha256(),
                            order.type(),
                            order.handler(),
                            MAX_UNFINISHED),
                    ReplayStore::first);
            if (ordered.isPresent()) {
                return ordered.get();
            }
            Optional<Fingerprint> before = Sql.query(
                    transaction,
                    FINGERPRINT,
                    List.of(id, owner),
                    rows -> rows.next() ? Optional.of(Fingerprint.ofBytes(rows.getBytes(1))) : Optional.empty());
            if (before.isEmpty()) {
                throw ProblemException.of(
                        ProblemCode.OVERLOADED,
                        "%d replays have not ended yet. Cancel some, or order this one later."
                                .formatted(MAX_UNFINISHED));
            }
            if (!before.get().equals(fingerprint)) {
                throw ProblemException.of(
                        ProblemCode.IDEMPOTENCY_CONFLICT,
                        "Another replay was ordered with this Idempotency-Key; send this one with a new key.",
                        id);
            }
            return Sql.query(transaction, FIND, List.of(id, owner), ReplayStore::first)
                    .orElseThrow();
        });
    }

    private static Optional<Replay> first(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(Replay.of(rows)) : Optional.empty();
    }

    /** The caller's replay of this id; empty if there is none. */
    Optional<Replay> find(UUID id, String owner) {
        return sql.query(FIND, List.of(id, owner), ReplayStore::first);
    }

    /** The page that is asked for of the caller's replays, newest first. */
    Page<Replay, Cursor> page(String owner, StatusListQuery query) {
        List<Object> parameters = new ArrayList<>(List.of(owner));
        String statement = query.append(LIST, parameters);
        return sql.query(statement, parameters, rows -> Page.read(rows, query.limit(), Replay::of, Replay::place));
    }

    /** Ends the caller's replay, unless it has ended, and gives what it is then; empty if there is none. */
    Optional<Replay> cancel(UUID id, String owner) {
        return sql.inTransaction(transaction -> {
            Sql.query(transaction, CANCEL, List.of(id, owner), ResultSet::next);
            return Sql.query(transaction, FIND, List.of(id, owner), ReplayStore::first);
        });
    }
}
