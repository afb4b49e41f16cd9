package io.sluice.runtime.start;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.jvm.AotCache;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Report at start of whether the program uses its AOT cache: without it everything works, only later. */
@Singleton
class AotCacheReport {

    private static final Logger LOG = Logger.getLogger(AotCacheReport.class.getName());

    private final MeterRegistry registry;

    AotCacheReport(MeterRegistry registry) {
        this.registry = registry;
    }

    void report(@Observes StartupEvent event) {
        AotCache cache = AotCache.ofThisProcess();
        LogLine.of("aot-cache")
                .with("state", cache.state())
                .write(LOG, cache == AotCache.NOT_USABLE ? Level.WARN : Level.INFO);
        Gauge.builder("sluice.aot.cache.in.use", () -> cache == AotCache.IN_USE ? 1 : 0)
                .description("Whether the program has started with the AOT cache of its image")
                .register(registry);
    }
}
