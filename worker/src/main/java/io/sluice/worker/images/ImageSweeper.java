package io.sluice.worker.images;

import io.agroal.api.AgroalDataSource;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.settings.Feature;
import io.sluice.storage.ClaimRefusedException;
import io.sluice.storage.ClaimRefusedException.Reason;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageClaim;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StorageSweep;
import io.sluice.storage.StorageSweep.Swept;
import io.sluice.worker.images.InstallationTable.Installation;
import io.sluice.worker.jobs.RecurringJob;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Deletes bytes of images that no row names: of uploads and analyses that were cut off, and of deletions that storage has not heard of. It
 * deletes nothing where the storage, or the database, may be another one than it was.
 */
@Singleton
class ImageSweeper implements RecurringJob {

    private static final Logger LOG = Logger.getLogger(ImageSweeper.class.getName());

    private static final Duration INTERVAL = Duration.ofHours(1);

    /**
     * Age from which an object without a row is taken for unnamed. An upload has its row within seconds and an analysis within minutes of
     * writing to storage; a day leaves room for a machine that was frozen, and for people to notice a restore that went wrong.
     */
    private static final Duration GRACE = Duration.ofHours(24);

    private final ImageTable images = new ImageTable();
    private final AgroalDataSource pool;
    private final InstallationTable installations;
    private final ImageStorage storage;
    private final SweepMetrics metrics;

    ImageSweeper(AgroalDataSource pool, ImageStorage storage, SweepMetrics metrics) {
        this.pool = pool;
        this.installations = new InstallationTable(pool);
        this.storage = storage;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "image-sweep";
    }

    @Override
    public Feature feature() {
        return Feature.IMAGES;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void run() throws InterruptedException {
        try {
            sweep(GRACE);
        } catch (ClaimRefusedException | StorageException | SQLException | RuntimeException e) {
            metrics.failed();
            LogLine.of("storage-not-swept").with("reason", FailureSummary.of(e)).write(LOG, Level.WARN);
        }
    }

    /**
     * Sweeps once.
     *
     * @param grace age that an object has at least
     * @return what was deleted; empty if another worker is at it
     * @throws ClaimRefusedException if the storage, or the database, may be another one than it was; nothing was deleted
     * @throws StorageException if storage fails
     */
    Optional<Swept> sweep(Duration grace)
            throws ClaimRefusedException, StorageException, SQLException, InterruptedException {
        Installation installation = installations.read();
        if (!installation.original()) {
            throw new ClaimRefusedException(Reason.RESTORED);
        }
        Storage opened = storage.open();
        Optional<Instant> now = renew(installation, new StorageClaim(opened, installation.id()));
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Swept swept = StorageSweep.sweep(opened, ImageAnalysis.KIND, now.get().minus(grace), this::named);
        metrics.swept(swept);
        LogLine.of("storage-swept")
                .with("objects", swept.objects())
                .with("bytes", swept.bytes())
                .write(LOG, swept.objects() > 0 ? Level.INFO : Level.DEBUG);
        return Optional.of(swept);
    }

    /** Renews the claim, and gives the time by the clock of the storage; empty if another worker does so as well. */
    private Optional<Instant> renew(Installation installation, StorageClaim claim)
            throws ClaimRefusedException, StorageException, SQLException {
        long number = installation.number();
        try {
            claim.check(number);
            if (!installations.renew(installation)) {
                return Optional.empty();
            }
            number++;
            return Optional.of(claim.renew(number));
        } catch (ClaimRefusedException e) {
            if (installations.read().number() > number) {
                return Optional.empty();
            }
            if (e.reason() == Reason.AHEAD) {
                // Whoever is ahead may be a copy that this database knows nothing of, and would delete what it has
                // written since.
                claim.dispute();
            }
            throw e;
        }
    }

    private Set<StorageKey> named(List<StorageKey> keys) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            return images.named(transaction.connection(), keys);
        }
    }
}
