package io.sluice.api.deadletters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts the dead letters that are sent again. */
@Startup
@Singleton
class RedriveMetrics {

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    RedriveMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("sluice.api.dead.letters.redriven")
                            .description("Dead letters that were sent again")
                            .tag("outcome", outcome.code())
                            .register(registry));
        }
    }

    void redriven(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }
}
