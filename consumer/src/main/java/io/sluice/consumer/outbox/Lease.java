package io.sluice.consumer.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The right to be the relay that publishes, for some seconds: a row of the database, by the database's clock, so that clocks of
 * machines do not matter. It saves work and keeps nothing from going wrong: a relay that is stopped past its lease may go on sending
 * what another one sends as well, and the id of the event absorbs it.
 */
final class Lease {

    /** Time until another relay takes over from one that was killed. */
    static final Duration DURATION = Duration.ofSeconds(12);

    /** Time that is left when the lease is renewed: seldom, because each time is a row written, and with room for a slow turn. */
    private static final Duration RENEW = Duration.ofSeconds(10);

    private static final String CLAIM =
            """
            update outbox_lease set holder = ?, expires_at = clock_timestamp() + ? * interval '1 millisecond'
             where holder = ? or expires_at < clock_timestamp()""";

    private static final String RELEASE =
            "update outbox_lease set holder = null, expires_at = clock_timestamp() where holder = ?";

    private final UUID holder = UUID.randomUUID();
    private final LongSupplier nanoTime;
    private Claim last = new Claim(false, 0);

    /** A lease that is not held, with a clock as {@link System#nanoTime()}. */
    Lease(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * State of the lease that a transaction has found; it holds once the transaction has committed.
     *
     * @param held whether it is this relay's
     * @param until by the local clock, never later than by the database's
     */
    record Claim(boolean held, long until) {}

    /** Takes or renews the lease, if that is due. */
    Claim claim(Connection transaction) throws SQLException {
        long now = nanoTime.getAsLong();
        if (last.held && last.until - now > RENEW.toNanos()) {
            return last;
        }
        try (PreparedStatement claim = transaction.prepareStatement(CLAIM)) {
            claim.setObject(1, holder);
            claim.setLong(2, DURATION.toMillis());
            claim.setObject(3, holder);
            return new Claim(claim.executeUpdate() == 1, now + DURATION.toNanos());
        }
    }

    /** The transaction of this claim has committed. */
    void committed(Claim claim) {
        last = claim;
    }

    /** Gives the lease back, if it is this relay's, so that another relay need not wait for its end. */
    void release(Connection transaction) throws SQLException {
        last = new Claim(false, 0);
        try (PreparedStatement release = transaction.prepareStatement(RELEASE)) {
            release.setObject(1, holder);
            release.executeUpdate();
        }
    }
}
