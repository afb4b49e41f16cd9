package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiConfigSourceTest {

    @Test
    void settingsBecomePropertiesOfQuarkus() {
        assertThat(properties(Map.of("CORS_ORIGINS", "https://app.example.com")))
                .containsEntry("quarkus.http.cors.origins", "https://app.example.com");
    }

    @Test
    void onlyOutsideOfDevelopmentTheEndIsDelayed() {
        assertThat(properties(Map.of("APP_ENV", "production"))).containsEntry("quarkus.shutdown.delay", "PT5S");
        assertThat(properties(Map.of("APP_ENV", "Staging"))).containsEntry("quarkus.shutdown.delay", "PT5S");
        assertThat(properties(Map.of())).doesNotContainKey("quarkus.shutdown.delay");
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        return Environment.read(environment::get, new ApiConfigSource()::ofProgram);
    }
}
