package io.sluice.benchmarks;

import io.sluice.provisioning.Plan;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.provisioning.Retention;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Retention, deleting expired rows while something else is measured. */
final class ConcurrentRetention implements AutoCloseable {

    private final MessagesTable table;
    private final CompletableFuture<Void> run;

    private ConcurrentRetention(MessagesTable table, CompletableFuture<Void> run) {
        this.table = table;
        this.run = run;
    }

    /** Starts it in this process. */
    static ConcurrentRetention start(ProvisioningSettings settings, MessagesTable table) {
        Retention retention = new Retention(settings, Duration.ZERO);
        return new ConcurrentRetention(
                table,
                CompletableFuture.runAsync(
                        () -> retention.run(new Plan(Plan.Mode.CARRY_OUT)),
                        task -> new Thread(task, "retention").start()));
    }

    /** Fails unless it is still at work. */
    void requireAtWork() {
        if (run.isDone()) {
            throw new Failure("Retention was at its end before what was measured beside it.");
        }
    }

    /** Ends its session. */
    @Override
    public void close() throws SQLException {
        table.endRetention();
        run.exceptionally(brokenOff -> null).join();
    }
}
