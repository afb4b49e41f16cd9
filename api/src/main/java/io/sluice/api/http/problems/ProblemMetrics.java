package io.sluice.api.http.problems;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.api.http.request.TraceContext;
import io.sluice.runtime.logs.LogLine;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Counts the requests that end with a problem document, and logs each at DEBUG. */
@Startup
@Singleton
public class ProblemMetrics {

    private static final Logger LOG = Logger.getLogger(ProblemMetrics.class.getName());

    private final Map<ProblemCode, Counter> counters = new EnumMap<>(ProblemCode.class);

    ProblemMetrics(MeterRegistry registry) {
        for (ProblemCode code : ProblemCode.values()) {
            counters.put(
                    code,
                    Counter.builder("sluice.api.problems")
                            .description("Requests that ended with a problem document")
                            .tag("code", code.code())
                            .register(registry));
        }
    }

    /** Counts one. */
    public void add(ProblemException problem, MultiMap requestHeaders) {
        Objects.requireNonNull(counters.get(problem.code())).increment();
        if (LOG.isLoggable(Level.DEBUG)) {
            // What exactly is wrong stands in the answer; it can quote what the client sent.
            LogLine.of("request-refused")
                    .with("code", problem.code().code())
                    .with("eventId", problem.problem().id())
                    .with("traceId", TraceContext.traceId(requestHeaders))
                    .write(LOG, Level.DEBUG);
        }
    }
}
