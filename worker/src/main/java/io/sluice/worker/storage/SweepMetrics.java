package io.sluice.worker.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.sluice.storage.ListedObject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Metrics of sweeps; listed in {@code docs/guides/metrics.md}, and registered at start, at zero. */
@Startup
@Singleton
class SweepMetrics {

    private final Map<String, Counter> objects = new HashMap<>();
    private final Map<String, Counter> bytes = new HashMap<>();
    private final Counter failed;

    SweepMetrics(MeterRegistry registry, @All List<StorageFolder> folders) {
        for (StorageFolder folder : folders) {
            objects.put(
                    folder.name(),
                    Counter.builder("sluice.worker.storage.swept.objects")
                            .description("Objects of storage that no row named, and that were deleted")
                            .tag("folder", folder.name())
                            .register(registry));
            bytes.put(
                    folder.name(),
                    Counter.builder("sluice.worker.storage.swept")
                            .description("Bytes of these objects")
                            .baseUnit("bytes")
                            .tag("folder", folder.name())
                            .register(registry));
        }
        failed = Counter.builder("sluice.worker.storage.sweeps.failed")
                .description("Sweeps of storage that failed or were refused")
                .register(registry);
    }

    void swept(StorageFolder folder, ListedObject object) {
        Objects.requireNonNull(objects.get(folder.name())).increment();
        Objects.requireNonNull(bytes.get(folder.name())).increment((double) object.size());
    }

    void failed() {
        failed.increment();
    }
}
