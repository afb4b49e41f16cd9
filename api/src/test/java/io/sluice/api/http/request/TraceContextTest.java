package io.sluice.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class TraceContextTest {

    private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void aValidHeaderIsTakenWhateverTheCaseOfItsName() {
        assertThat(TraceContext.traceparent(headers("TraceParent", VALID))).isEqualTo(VALID);
        assertThat(TraceContext.traceId(headers("traceparent", VALID))).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void withoutAHeaderThereIsNoTrace() {
        assertThat(TraceContext.traceparent(headers("tracestate", "a=1"))).isNull();
        assertThat(TraceContext.traceId(headers("tracestate", "a=1"))).isNull();
    }

    @Test
    void aBrokenHeaderIsAsGoodAsNone() {
        assertThat(TraceContext.traceparent(headers("traceparent", VALID + "-more")))
                .isNull();
    }

    @Test
    void twoHeadersAreAsGoodAsNone() {
        MultiMap headers = headers("traceparent", VALID).add("traceparent", VALID);

        assertThat(TraceContext.traceparent(headers)).isNull();
    }

    private static MultiMap headers(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }
}
