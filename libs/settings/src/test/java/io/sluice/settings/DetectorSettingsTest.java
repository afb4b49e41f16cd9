package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.settings.DetectorSettings.ModelServer;
import io.sluice.settings.DetectorSettings.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorSettingsTest {

    private static DetectorSettings read(Map<String, String> variables) {
        return Environment.read(variables::get, DetectorSettings::new);
    }

    @Test
    void byDefaultTheProgramItselfFindsObjects() {
        assertThat(read(Map.of()).modelServer()).isEmpty();
        assertThat(read(Map.of()).isModelServerDefault()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"DETECTOR, builtin", "MODE, dummy", "MODE, Dummy"})
    void aModelServerThatIsNotWantedIsUsedWhereItIsAskedFor(String variable, String value) {
        DetectorSettings settings =
                read(Map.of(variable, value, "MODEL_SERVER_URL", "http://kserve", "MODEL_NAME", "circles"));

        assertThat(settings.isModelServerDefault()).isFalse();
        assertThat(settings.modelServer()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"DETECTOR, kserve", "MODE, real"})
    void aModelServerHasBothNames(String variable, String value) {
        DetectorSettings settings = read(Map.of(
                variable,
                value,
                "MODEL_SERVER_URL",
                "http://kserve:8080",
                "MODEL_NAME",
                "circles",
                "MODEL_SERVER_PROTOCOL",
                "v2",
                "MODEL_SERVER_TIMEOUT_SECONDS",
                "7"));

        assertThat(settings.isModelServerDefault()).isTrue();
        assertThat(settings.modelServer())
                .contains(new ModelServer(
                        URI.create("http://kserve:8080"), Protocol.V2, "circles", Duration.ofSeconds(7)));
    }

    @Test
    void aModelServerNeedsUrlAndModel() {
        assertThatThrownBy(() -> read(Map.of("MODE", "real", "MODEL_NAME", "circles")))
                .hasMessageContaining("DETECTOR (or MODE) is real, so MODEL_SERVER_URL and MODEL_NAME must be set");
    }

    @ParameterizedTest
    @CsvSource({
        "DETECTOR, opencv, 'must be one of builtin, kserve, dummy, real, but is'",
        "MODEL_SERVER_URL, kserve:8080, must be an http or https URL of a server",
        "MODEL_SERVER_URL, http://kserve/v1, must be an http or https URL of a server",
        "MODEL_SERVER_PROTOCOL, grpc, 'must be one of v1, v2'",
        "MODEL_SERVER_TIMEOUT_SECONDS, 0, must be a whole number of seconds from 1 to 300"
    })
    void whatIsWrongIsNamed(String variable, String value, String fault) {
        assertThatThrownBy(() -> read(Map.of(variable, value))).hasMessageContaining(variable + " " + fault);
    }
}
