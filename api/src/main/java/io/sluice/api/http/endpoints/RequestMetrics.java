package io.sluice.api.http.endpoints;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/**
 * Shapes the framework's metrics of requests. Methods, and paths that end early with an error, are labels as clients send them,
 * which would be a new time series for each that anybody thinks of.
 */
@Singleton
class RequestMetrics implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String OTHER = "OTHER";

    private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    /** All paths that are worth a series of their own, and those that the framework makes up. */
    private static final Set<String> PATHS = Set.of(
            "/api/v1/messages",
            "/api/v1/messages/{id}",
            "/api/v1/dead-letters",
            "/api/v1/dead-letters/{id}",
            "/api/v1/dead-letters/{id}/redrive",
            "/api/v1/dead-letters/{id}/resolve",
            "/api/v1/dead-letters/redrive",
            "/health",
            "/health/live",
            "/health/ready",
            "/health/started",
            "/api/health",
            "/v1/health",
            "/metrics",
            "/openapi",
            "/docs",
            "/cors-preflight",
            "NOT_FOUND",
            "REDIRECTION",
            "UNKNOWN",
            "root");

    private static final double[] BUCKETS = Arrays.stream(
                    new long[] {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000})
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
            .toArray();

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals(REQUESTS) ? bounded(bounded(id, "method", METHODS), "uri", PATHS) : id;
    }

    private static Meter.Id bounded(Meter.Id id, String label, Set<String> values) {
        String value = id.getTag(label);
        return value == null || values.contains(value) ? id : id.withTag(Tag.of(label, OTHER));
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(REQUESTS)
                ? DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(BUCKETS)
                        .build()
                        .merge(config)
                : config;
    }
}
