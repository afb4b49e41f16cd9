package io.sluice.api.storage;

import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.VertxContexts;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.storage.StorageException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logmanager.Logger;

/**
 * Makes calls that use storage, and PostgreSQL with it, for requests. They block for as long as a disk or a network takes, so they have
 * threads of their own: those that read from PostgreSQL alone do not wait behind them.
 */
@Singleton
public class StorageCalls {

    private static final int AT_ONCE = 4;

    private static final int MAX_WAITING = 100;

    private static final Logger LOG = Logger.getLogger(StorageCalls.class.getName());

    private final DatabaseCalls database;
    private final LogRateLimiter failedLines = new LogRateLimiter();

    /** Threads of no request: each call brings the context of its own. */
    private final ExecutorService calls = NamedThreads.bounded("storage-call", AT_ONCE, MAX_WAITING);

    StorageCalls(DatabaseCalls database) {
        this.database = database;
    }

    @PreDestroy
    void stop() {
        calls.shutdownNow();
    }

    /** A call that blocks. */
    @FunctionalInterface
    public interface Call<T> {
        /** Makes it. */
        T make() throws IOException;
    }

    /**
     * Makes a call.
     *
     * @param call throws {@link StorageException} or {@link DatabaseUnavailableException}
     * @param ifDatabaseUnavailable what clients are told then: what has not happened, and what to do
     * @param ifLost what they are told where storage has lost the bytes: the remedy
     * @return fails with the problem of these, or with {@link ProblemCode#OVERLOADED} where {@value #MAX_WAITING} others wait
     */
    public <T> Uni<T> call(Call<T> call, String ifDatabaseUnavailable, String ifLost) {
        return Uni.createFrom()
                .<T>emitter(emitter -> enqueue(call, emitter))
                .onFailure()
                .transform(e -> problem(e, ifDatabaseUnavailable, ifLost));
    }

    private <T> void enqueue(Call<T> call, UniEmitter<? super T> emitter) {
        Context request = Vertx.currentContext();
        try {
            calls.execute(() -> VertxContexts.run(request, () -> answer(call, emitter)));
        } catch (RejectedExecutionException e) {
            emitter.fail(ProblemException.of(
                    ProblemCode.OVERLOADED,
                    "So many requests wait for storage that no more can; nothing was changed. Send it again."));
        }
    }

    private static <T> void answer(Call<T> call, UniEmitter<? super T> emitter) {
        T result;
        try {
            result = call.make();
        } catch (IOException | RuntimeException e) {
            emitter.fail(e);
            return;
        }
        emitter.complete(result);
    }

    private Throwable problem(Throwable e, String ifDatabaseUnavailable, String ifLost) {
        if (e instanceof StorageException failed) {
            LogLine.of("storage-failed").with("reason", failed.getMessage()).write(LOG, failedLines);
            return StorageProblems.of(failed.failure(), ifLost);
        }
        return e instanceof DatabaseUnavailableException ? database.unavailable(e, ifDatabaseUnavailable) : e;
    }
}
