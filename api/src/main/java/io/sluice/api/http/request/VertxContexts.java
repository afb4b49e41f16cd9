package io.sluice.api.http.request;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Contexts of Vert.x, in ways that its API does not have: there a task in a context is always one on its event loop, which must not
 * block; a promise is of no context, so that what follows it would run in that of whoever completes it; and a new context is only made
 * where there is none.
 */
public final class VertxContexts {

    private VertxContexts() {}

    /** Runs a task in a context, or in none, on the thread that this is called on, which may block. */
    public static void run(@Nullable Context context, Runnable task) {
        if (context == null) {
            task.run();
        } else {
            ((ContextInternal) context).dispatch(task);
        }
    }

    /** Makes a context that is not that of a request, with an event loop, whichever context this is called in. */
    public static Context eventLoop(Vertx vertx) {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    /**
     * Makes a call, and waits for its answer for so long. The answer is given in the context that this is called in: the log lines of a request
     * and the memory for its response hang on its own.
     *
     * @param call gets the answer that is given, so that whatever ends the wait can end the call
     * @return fails as the call does, or with a {@link TimeoutException}
     */
    public static <T extends @Nullable Object> Future<T> inTime(
            Vertx vertx, Duration atMost, Function<Future<T>, Future<T>> call) {
        Promise<T> answer = ((ContextInternal) VertxContext.getOrCreateDuplicatedContext(vertx)).promise();
        long timer = vertx.setTimer(
                atMost.toMillis(),
                late -> answer.tryFail(new TimeoutException("no answer within %d ms".formatted(atMost.toMillis()))));
        call.apply(answer.future()).onComplete(called -> {
            vertx.cancelTimer(timer);
            if (called.succeeded()) {
                answer.tryComplete(called.result());
            } else {
                answer.tryFail(called.cause());
            }
        });
        return answer.future();
    }
}
