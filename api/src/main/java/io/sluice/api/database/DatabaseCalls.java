package io.sluice.api.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.api.connections.ResponseReservation;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.VertxContexts;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.settings.DatabasePoolSettings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to PostgreSQL, which block, for requests. They have threads of their own, and so many that they leave connections to
 * those who must not starve: the check for conflicts, the waiters and health ask by one thread each.
 */
@Startup
@ApplicationScoped
public class DatabaseCalls {

    /** Connections that are left to other uses, if there are as many. */
    static final int LEFT_TO_OTHERS = 3;

    /** Calls that wait, at most: as many as there are connections of clients. One that asks for more at once over HTTP/2 takes from the others. */
    static final int MAX_WAITING = 2_000;

    /** Longest wait of a call for its turn. */
    static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration TICK = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(DatabaseCalls.class.getName());

    private static final String UNREADABLE =
            "The database cannot be read for the moment; try again later. Events can still be posted.";

    private final LogRateLimiter failedLines = new LogRateLimiter();

    /** Threads of no request: each call brings the context of its own. */
    private final ThreadPoolExecutor calls;

    private final ScheduledExecutorService ticks = NamedThreads.scheduled("database-calls-overdue");

    DatabaseCalls(DatabasePoolSettings settings, MeterRegistry registry) {
        int atOnce = Math.max(1, settings.size() - LEFT_TO_OTHERS);
        calls = NamedThreads.bounded("database-call", atOnce, MAX_WAITING);
        Gauge.builder("sluice.api.database.calls.waiting", calls, all -> all.getQueue()
                        .size())
                .description("Requests that wait for their turn to ask PostgreSQL")
                .register(registry);
        Future<?> unused = ticks.scheduleWithFixedDelay(
                this::refuseOverdue, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        ticks.shutdownNow();
        calls.shutdownNow();
    }

    /**
     * Reads something.
     *
     * @param read throws {@link DatabaseUnavailableException}
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}, or with {@link ProblemCode#OVERLOADED} where there is no memory for the answer
     */
    public <T> Uni<T> read(Supplier<T> read) {
        return call(read, UNREADABLE);
    }

    /**
     * Reads a part of an answer that is sent part by part. Memory is reserved for it while it is read alone: clients may take hours for
     * the answer, and what is written counts as unread.
     *
     * @param read throws {@link DatabaseUnavailableException}
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}, or with {@link ProblemCode#OVERLOADED} where there is no memory for the answer
     */
    public <T> Uni<T> readPart(Supplier<T> read) {
        return call(read, UNREADABLE, true);
    }

    /**
     * Makes a call.
     *
     * @param call throws {@link DatabaseUnavailableException}
     * @param ifUnavailable what clients are told then: what has not happened, and what to do
     * @return fails with {@link ProblemCode#DATABASE_UNAVAILABLE}, or with {@link ProblemCode#OVERLOADED} where there is no memory for the answer
     */
    public <T> Uni<T> call(Supplier<T> call, String ifUnavailable) {
        return call(call, ifUnavailable, false);
    }

    private <T> Uni<T> call(Supplier<T> call, String ifUnavailable, boolean part) {
        return Uni.createFrom()
                .<T>emitter(emitter -> enqueue(new Call<>(call, part, emitter)))
                .onFailure(DatabaseUnavailableException.class)
                .transform(e -> unavailable(e, ifUnavailable));
    }

    private void enqueue(Call<?> call) {
        try {
            calls.execute(call);
        } catch (RejectedExecutionException e) {
            call.refuse(new DatabaseUnavailableException(MAX_WAITING + " others wait for a connection"));
        }
    }

    private void refuseOverdue() {
        long now = System.nanoTime();
        // The oldest stands first.
        while (calls.getQueue().peek() instanceof Call<?> oldest && now - oldest.since >= QUEUE_TIMEOUT.toNanos()) {
            if (calls.remove(oldest)) {
                oldest.refuse(new DatabaseUnavailableException(
                        "no connection was free within " + QUEUE_TIMEOUT.toSeconds() + " s"));
            }
        }
    }

    /**
     * Logs that a call has failed, and makes the problem that clients are told.
     *
     * @param e a {@link DatabaseUnavailableException}
     * @param detail what has not happened, and what to do
     */
    public ProblemException unavailable(Throwable e, String detail) {
        LogLine.of("read-failed").with("reason", e.getMessage()).write(LOG, failedLines);
        return ProblemException.of(ProblemCode.DATABASE_UNAVAILABLE, detail);
    }

    /** A call that has its turn, or is refused; either in the context of its request, which log lines take the caller from. */
    private static final class Call<T> implements Runnable {

        private final Supplier<T> call;
        private final boolean part;
        private final UniEmitter<? super T> emitter;
        private final @Nullable Context request = Vertx.currentContext();
        private final long since = System.nanoTime();

        Call(Supplier<T> call, boolean part, UniEmitter<? super T> emitter) {
            this.call = call;
            this.part = part;
            this.emitter = emitter;
        }

        @Override
        public void run() {
            VertxContexts.run(request, this::answer);
        }

        void refuse(DatabaseUnavailableException reason) {
            VertxContexts.run(request, () -> emitter.fail(reason));
        }

        private void answer() {
            T result;
            try {
                ResponseReservation memory = request == null ? null : ResponseReservation.of(request);
                result = memory == null ? call.get() : callWithin(memory);
            } catch (RuntimeException e) {
                emitter.fail(e);
                return;
            }
            emitter.complete(result);
        }

        private T callWithin(ResponseReservation memory) {
            if (!isGranted(memory)) {
                throw ProblemException.of(
                        ProblemCode.OVERLOADED,
                        "So many answers are being read or sent that there is no memory for one more; send the request again.");
            }
            boolean nothing = true;
            try {
                T result = call.get();
                Object found = result instanceof Optional<?> optional ? optional.orElse(null) : result;
                nothing = found == null;
                if (found instanceof Sized sized) {
                    memory.keepFor(sized.payloadBytes());
                }
                return result;
            } finally {
                memory.endReading(nothing || part);
            }
        }

        private boolean isGranted(ResponseReservation memory) {
            try {
                return memory.beginReading(QUEUE_TIMEOUT.minusNanos(System.nanoTime() - since));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
