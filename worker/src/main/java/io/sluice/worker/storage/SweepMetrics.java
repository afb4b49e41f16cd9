package io.sluice.worker.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.storage.StorageSweep.Swept;
import jakarta.inject.Singleton;

/** Metrics of sweeps; listed in {@code docs/guides/metrics.md}, and registered at start, at zero. */
@Startup
@Singleton
class SweepMetrics {

    private final Counter objects;
    private final Counter bytes;
    private final Counter failed;

    SweepMetrics(MeterRegistry registry) {
        objects = Counter.builder("sluice.worker.storage.swept.objects")
                .description("Objects of storage that no row named, and that were deleted")
                .register(registry);
        bytes = Counter.builder("sluice.worker.storage.swept")
                .description("Bytes of these objects")
                .baseUnit("bytes")
                .register(registry);
        failed = Counter.builder("sluice.worker.storage.sweeps.failed")
                .description("Sweeps of storage that failed or were refused")
                .register(registry);
    }

    void swept(Swept swept) {
        objects.increment((double) swept.objects());
        bytes.increment((double) swept.bytes());
    }

    void failed() {
        failed.increment();
    }
}
