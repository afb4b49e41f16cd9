package io.sluice.api.http.endpoints;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Shapes the framework's metrics of requests. Methods, and paths that end early with an error, are labels as clients send them,
 * which would be a new time series for each that anybody thinks of.
 */
@Singleton
class RequestMetrics implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String OTHER = "OTHER";

    private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    /** Labels that the framework makes up where it has no path. */
    private static final Set<String> NO_PATHS =
            Set.of("/cors-preflight", "NOT_FOUND", "REDIRECTION", "UNKNOWN", "root");

    private static final double[] BUCKETS = Arrays.stream(
                    new long[] {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000})
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
            .toArray();

    private final Endpoints endpoints;

    RequestMetrics(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals(REQUESTS)
                ? bounded(bounded(id, "method", METHODS::contains), "uri", this::isKnown)
                : id;
    }

    private boolean isKnown(String path) {
        return NO_PATHS.contains(path) || endpoints.hasTemplate(path);
    }

    private static Meter.Id bounded(Meter.Id id, String label, Predicate<String> known) {
        String value = id.getTag(label);
        return value == null || known.test(value) ? id : id.withTag(Tag.of(label, OTHER));
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
