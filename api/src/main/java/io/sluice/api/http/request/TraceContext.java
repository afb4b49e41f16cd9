package io.sluice.api.http.request;

import io.sluice.contract.Traceparent;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context, section 3.2</a>
 */
public final class TraceContext {

    private TraceContext() {}

    /** The request's {@code traceparent}, or {@code null}: a request is the same with none, a broken one, or several. */
    public static @Nullable String traceparent(MultiMap headers) {
        List<String> values = headers.getAll("traceparent");
        return values.size() == 1 ? Traceparent.validOrNull(values.get(0)) : null;
    }

    /** The trace's id, or {@code null}. */
    public static @Nullable String traceId(MultiMap headers) {
        String traceparent = traceparent(headers);
        return traceparent == null ? null : Traceparent.traceId(traceparent);
    }
}
