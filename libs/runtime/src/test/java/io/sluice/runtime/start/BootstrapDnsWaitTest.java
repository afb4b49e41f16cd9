package io.sluice.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapDnsWaitTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "127.0.0.1:9092", "[::1]:9092", "kafka.invalid:9092, localhost:9092"})
    void oneNameThatCanBeResolvedIsEnough(String servers) {
        assertThat(BootstrapDnsWait.isResolvable(servers)).isTrue();
    }

    /** The domain invalid never has names: RFC 6761, section 6.4. */
    @ParameterizedTest
    @ValueSource(strings = {"kafka.invalid:9092", "a.invalid:9092,b.invalid:9092"})
    void noNameThatCanBeResolvedIsWaitedFor(String servers) {
        assertThat(BootstrapDnsWait.isResolvable(servers)).isFalse();
    }
}
