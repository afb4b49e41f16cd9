package io.sluice.runtime.start;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sluice.settings.DatabasePoolSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Metrics that say which program this is, and never change. */
@Singleton
class ProgramMetrics {

    private final MeterRegistry registry;
    private final DatabasePoolSettings pool;
    private final String program;
    private final String version;

    ProgramMetrics(
            MeterRegistry registry,
            DatabasePoolSettings pool,
            @ConfigProperty(name = "quarkus.application.name") String program,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.registry = registry;
        this.pool = pool;
        this.program = program;
        this.version = version;
    }

    void register(@Observes StartupEvent event) {
        Gauge.builder("sluice.build.info", () -> 1)
                .description("Always 1; its labels say which program this is")
                .tag("program", program)
                .tag("version", version)
                .register(registry);
        Gauge.builder("sluice.database.pool.max.connections", pool::size)
                .description("How many connections to PostgreSQL the pool may hold")
                .register(registry);
    }
}
