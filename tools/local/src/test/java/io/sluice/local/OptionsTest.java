package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void nothingMeansThePlatformAtItsUsualPort() {
        assertThat(Options.parse(List.of())).isEqualTo(new Options(RunMode.PLATFORM, null, false));
        assertThat(Options.parse(List.of()).ports())
                .returns(8080, Ports::api)
                .returns(8081, Ports::consumer)
                .returns(8082, Ports::apiMetrics)
                .returns(8083, Ports::consumerMetrics)
                .returns(8084, Ports::worker)
                .returns(8085, Ports::workerMetrics);
    }

    @Test
    void dependenciesAreWhereDevelopmentModeLooksForThemOrAtAChosenPort() {
        assertThat(Options.parse(List.of("dependencies")).ports())
                .isEqualTo(new Ports(0, 0, 0, 0, 0, 0, 19_092, 15_432));
        assertThat(Options.parse(List.of("dependencies", "--port", "9000")).ports())
                .isEqualTo(new Ports(0, 0, 0, 0, 0, 0, 9000, 9001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port 0", "dependencies --port 0"})
    void portZeroStandsForPortsThatNobodyElseFinds(String line) {
        Ports ports = Options.parse(List.of(line.split(" "))).ports();

        assertThat(List.of(
                        ports.api(),
                        ports.consumer(),
                        ports.apiMetrics(),
                        ports.consumerMetrics(),
                        ports.worker(),
                        ports.workerMetrics(),
                        ports.kafka(),
                        ports.postgresql()))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 29_999));
    }

    @Test
    void wordsComeInAnyOrder() {
        assertThat(Options.parse(List.of("--fresh", "dependencies", "--port", "9000")))
                .isEqualTo(new Options(RunMode.DEPENDENCIES, 9000, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port 65531", "--port 8080x", "--port -1", "--ports 1", "chaos"})
    void whatIsWrongIsRefused(String line) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("--port takes a number from 0 to 65530\\.|Unknown: .*");
    }
}
