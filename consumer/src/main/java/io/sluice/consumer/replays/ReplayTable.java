package io.sluice.consumer.replays;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code replays}, for a consumer that works on them. A replay is held for some seconds, by the database's clock. That saves work and
 * keeps nothing from going wrong: whoever is stopped for longer may send what another one sends as well, and the id of the event absorbs
 * it; it changes no row that it does not hold any more. The transaction is the caller's.
 */
final class ReplayTable {

    /** Time until another consumer goes on with the replay of one that was killed. */
    static final Duration HELD = Duration.ofSeconds(12);

    /** Claims a replay once nothing is under way any more that will have been stored before its end. */
    private static final String CLAIM =
            """
            update replays set status = 'running', started_at = coalesce(started_at, clock_timestamp()),
                   holder = ?, held_until = clock_timestamp() + ? * interval '1 millisecond'
             where id = (select id from replays
                          where ended_at is null and (holder = ? or held_until is null or held_until < clock_timestamp())
                            and until <= messages_horizon()
                          order by seq limit 1
                            for update skip locked)
            returning\s"""
                    + Replay.COLUMNS;

    private static final String HELD_BY = " where id = ? and holder = ? and ended_at is null";

    private static final String SAVE =
            """
            update replays set position = ?, position_seq = ?, sent = sent + ?, erased = erased + ?, reason = null,
                   held_until = clock_timestamp() + ? * interval '1 millisecond'"""
                    + HELD_BY;

    private static final String END =
            "update replays set status = ?, reason = ?, key = null, ended_at = clock_timestamp()" + HELD_BY
                    + " returning sent, erased";

    private static final String WAIT = "update replays set reason = ?" + HELD_BY;

    private static final String RELEASE =
            "update replays set holder = null, held_until = null where holder = ? and ended_at is null";

    private final UUID holder = UUID.randomUUID();

    /** Takes the first that nobody holds, or goes on holding the one that it has; empty if there is none. */
    Optional<Replay> claim(Connection transaction) throws SQLException {
        try (PreparedStatement claim = transaction.prepareStatement(CLAIM)) {
            claim.setObject(1, holder);
            claim.setLong(2, HELD.toMillis());
            claim.setObject(3, holder);
            try (ResultSet row = claim.executeQuery()) {
                return row.next() ? Optional.of(Replay.of(row)) : Optional.empty();
            }
        }
    }

    /**
     * Saves that all up to a place is acknowledged, and goes on holding it.
     *
     * @return false if it is not held any more, or was cancelled
     */
    boolean save(Connection transaction, UUID replay, Place place, int sent, int erased) throws SQLException {
        try (PreparedStatement save = transaction.prepareStatement(SAVE)) {
            save.setObject(1, place.storedAt());
            save.setLong(2, place.seq());
            save.setInt(3, sent);
            save.setInt(4, erased);
            save.setLong(5, HELD.toMillis());
            save.setObject(6, replay);
            save.setObject(7, holder);
            return save.executeUpdate() == 1;
        }
    }

    /** Numbers of a replay that has ended. */
    record Ended(long sent, long erased) {}

    /**
     * Ends it as {@code done} or {@code failed}.
     *
     * @param reason for its owner, or {@code null}
     * @return empty if it is not held any more, or was cancelled
     */
    Optional<Ended> end(Connection transaction, UUID replay, String status, @Nullable String reason)
            throws SQLException {
        try (PreparedStatement end = transaction.prepareStatement(END)) {
            end.setString(1, status);
            end.setString(2, reason);
            end.setObject(3, replay);
            end.setObject(4, holder);
            try (ResultSet row = end.executeQuery()) {
                return row.next() ? Optional.of(new Ended(row.getLong(1), row.getLong(2))) : Optional.empty();
            }
        }
    }

    /** Says what it waits for, to its owner; false if it is not held any more. */
    boolean waits(Connection transaction, UUID replay, String reason) throws SQLException {
        try (PreparedStatement wait = transaction.prepareStatement(WAIT)) {
            wait.setString(1, reason);
            wait.setObject(2, replay);
            wait.setObject(3, holder);
            return wait.executeUpdate() == 1;
        }
    }

    /** Gives back what it holds, so that another consumer need not wait; false if it holds nothing. */
    boolean release(Connection transaction) throws SQLException {
        try (PreparedStatement release = transaction.prepareStatement(RELEASE)) {
            release.setObject(1, holder);
            return release.executeUpdate() == 1;
        }
    }
}
