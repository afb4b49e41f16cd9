package io.sluice.api.http.request;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The Vert.x context of a request, which answers that come on other threads go back to. */
public final class CallerContext {

    private CallerContext() {}

    /** Returns what runs tasks in the context that this is called in, on its event loop; on the thread of whoever has one, where there is none. */
    public static Executor executor() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(unused -> task.run());
    }
}
