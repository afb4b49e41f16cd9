package io.sluice.api.connections;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/** Shows how many bytes clients have asked for and not read. */
@Startup
@ApplicationScoped
class ResponseMetrics {

    ResponseMetrics(ResponseMemory memory, MeterRegistry registry) {
        Gauge.builder("sluice.api.responses.unread", memory, ResponseMemory::unreadBytes)
                .description("Responses that are written and that clients have not received")
                .baseUnit("bytes")
                .register(registry);
        givenUp("slow", memory.slow, registry);
        givenUp("crowded-out", memory.crowdedOut, registry);
    }

    private static void givenUp(String reason, LongAdder responses, MeterRegistry registry) {
        FunctionCounter.builder("sluice.api.responses.given.up", responses, LongAdder::sum)
                .description("Responses that were given up because clients did not read them")
                .tag("reason", reason)
                .register(registry);
    }
}
