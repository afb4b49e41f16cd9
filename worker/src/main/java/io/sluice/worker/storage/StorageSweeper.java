package io.sluice.worker.storage;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.settings.FeatureSettings;
import io.sluice.storage.ClaimRefusedException;
import io.sluice.storage.ClaimRefusedException.Reason;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageClaim;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StorageSweep;
import io.sluice.storage.StorageSweep.Swept;
import io.sluice.worker.jobs.RecurringJob;
import io.sluice.worker.storage.InstallationTable.Installation;
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
 * Deletes bytes that no row names: of uploads and jobs that were cut off, and of deletions that storage has not heard of. It deletes nothing where the storage, or the database, may be another one than it was.
 */
@Singleton
class StorageSweeper implements RecurringJob {

    private static final Logger LOG = Logger.getLogger(StorageSweeper.class.getName());

    private static final Duration INTERVAL = Duration.ofHours(1);

    /**
     * Age from which an object without a row is taken for unnamed. An upload has its row within seconds and a job within minutes of
     * writing to storage; a day leaves room for a machine that was frozen, and for people to notice a restore that went wrong.
     */
    private static final Duration GRACE = Duration.ofHours(24);

    private final AgroalDataSource pool;
    private final InstallationTable installations;
    private final JobStorage storage;
    private final List<StorageFolder> folders;
    private final SweepMetrics metrics;

    StorageSweeper(
            AgroalDataSource pool,
            JobStorage storage,
            @All List<StorageFolder> folders,
            FeatureSettings features,
            SweepMetrics metrics) {
        this.pool = pool;
        this.installations = new InstallationTable(pool);
        this.storage = storage;
        this.folders = folders.stream()
                .filter(folder -> features.isEnabled(folder.feature()))
                .toList();
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "storage-sweep";
    }

    @Override
    public boolean isEnabled() {
        return !folders.isEmpty();
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
        Swept swept = Swept.NOTHING;
        for (StorageFolder folder : folders) {
            swept = swept.and(sweep(opened, folder, now.get().minus(grace)));
        }
        return Optional.of(swept);
    }

    /** Sweeps a folder, and tells of it whatever becomes of the next one. */
    private Swept sweep(Storage opened, StorageFolder folder, Instant before)
            throws StorageException, SQLException, InterruptedException {
        Swept swept = StorageSweep.sweep(
                opened, folder.name(), before, keys -> named(folder, keys), object -> metrics.swept(folder, object));
        LogLine.of("storage-swept")
                .with("folder", folder.name())
                .with("objects", swept.objects())
                .with("bytes", swept.bytes())
                .write(LOG, swept.objects() > 0 ? Level.INFO : Level.DEBUG);
        return swept;
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

    private Set<StorageKey> named(StorageFolder folder, List<StorageKey> keys) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            return folder.named(transaction.connection(), keys);
        }
    }
}
