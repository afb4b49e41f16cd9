package io.sluice.api.database;

import io.sluice.api.http.ProblemCode;
import io.sluice.api.http.ProblemException;
import io.sluice.api.logs.LogLine;
import io.sluice.api.logs.Throttle;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jboss.logmanager.Logger;

/** Makes calls to PostgreSQL, which block, on threads that may. */
@ApplicationScoped
public class DatabaseCalls {

    private static final Logger LOG = Logger.getLogger(DatabaseCalls.class.getName());

    private static final String UNREADABLE =
            "The database cannot be read for the moment; try again later. Events can still be posted.";

    private final Throttle failedLines = new Throttle();

    /**
     * Reads something.
     *
     * @param read throws {@link DatabaseUnavailableException}
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}
     */
    public <T> Uni<T> read(Supplier<T> read) {
        return call(read, UNREADABLE);
    }

    /**
     * Makes a call.
     *
     * @param call throws {@link DatabaseUnavailableException}
     * @param ifUnavailable what clients are told then: what has not happened, and what to do
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}
     */
    public <T> Uni<T> call(Supplier<T> call, String ifUnavailable) {
        return Uni.createFrom()
                .item(call)
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .onFailure(DatabaseUnavailableException.class)
                .transform(e -> unavailable(e, ifUnavailable));
    }

    private ProblemException unavailable(Throwable e, String detail) {
        LogLine.of("read-failed").with("reason", e.getMessage()).write(LOG, failedLines);
        return ProblemException.of(ProblemCode.DATABASE_UNAVAILABLE, detail);
    }
}
