package io.sluice.runtime.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.CorsSettings;
import io.sluice.settings.Environment;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsConfigSourceTest {

    private static final int ORDINAL_OF_THE_ENVIRONMENT = 300;

    private static final class OfAProgram extends SettingsConfigSource {

        @Override
        protected Map<String, String> ofProgram(Environment environment) {
            return Map.of("quarkus.http.cors.origins", new CorsSettings(environment).origins());
        }
    }

    @Test
    void settingsBecomePropertiesOfQuarkus() {
        // When
        SmallRyeConfig config = config(Map.of(
                "HTTP_HOST", "127.0.0.2",
                "HTTP_PORT", "8081",
                "MANAGEMENT_PORT", "9001",
                "DATABASE_URL", "postgresql://me:secret@db:5433/sluice?sslmode=require"));

        // Then
        assertThat(value(config, "quarkus.http.port")).isEqualTo("8081");
        assertThat(value(config, "quarkus.management.host")).isEqualTo("127.0.0.2");
        assertThat(value(config, "quarkus.management.port")).isEqualTo("9001");
        assertThat(value(config, "quarkus.datasource.jdbc.url"))
                .isEqualTo("jdbc:postgresql://db:5433/sluice?sslmode=require");
        assertThat(value(config, "quarkus.datasource.username")).isEqualTo("me");
        assertThat(value(config, "quarkus.datasource.password")).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${HOME}", "$", "$$", "$$$", "a\\${b}", "\\$", "\\\\${c:d}", "$${e}", "${", "a}b", "%24"})
    void aPasswordIsNoExpression(String password) {
        // When
        SmallRyeConfig config = config(Map.of(
                "DATABASE_URL",
                "jdbc:postgresql://db/sluice?password=" + URLEncoder.encode(password, UTF_8),
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_SASL_USERNAME",
                "me",
                "KAFKA_SASL_PASSWORD",
                password));

        // Then
        assertThat(value(config, "quarkus.datasource.password")).isEqualTo(password);
        assertThat(new SettingsProducer().kafka(config).clientProperties().get("sasl.jaas.config"))
                .contains("password=\"" + password.replace("\\", "\\\\") + "\"");
    }

    @Test
    void aVariableThatIsEmptyCountsAsNotSet() {
        // When
        SmallRyeConfig config = config(Map.of(
                "HOSTNAME", "",
                "HTTP_PORT", "",
                "LOG_LEVEL", "",
                "KAFKA_BOOTSTRAP_SERVERS", "",
                "DATABASE_POOL_SIZE", ""));

        // Then
        assertThat(value(config, "sluice.pod")).isEqualTo("localhost");
        assertThat(value(config, "quarkus.http.port")).isEqualTo("8080");
        assertThat(value(config, "quarkus.log.level")).isEqualTo("INFO");
        assertThat(value(config, "quarkus.datasource.jdbc.max-size")).isEqualTo("10");
    }

    @Test
    void logsGoToAFileOfThePodInTheSameFormat(@TempDir Path folder) {
        // When
        SmallRyeConfig config = config(Map.of(
                "quarkus.application.name", "api",
                "HOSTNAME", "api-5d9c",
                "LOG_FORMAT", "json",
                "LOG_FILE", folder.toString()));

        // Then
        assertThat(value(config, "quarkus.log.file.enabled")).isEqualTo("true");
        assertThat(value(config, "quarkus.log.file.path"))
                .isEqualTo(folder.resolve("api-5d9c_api.log").toString());
        assertThat(value(config, "quarkus.log.file.json.enabled")).isEqualTo("true");
        assertThat(value(config(Map.of()), "quarkus.log.file.enabled")).isNull();
    }

    @Test
    void aProgramAddsItsOwn() {
        assertThat(value(config(Map.of("CORS_ORIGINS", "*")), "quarkus.http.cors.origins"))
                .isEqualTo("*");
    }

    @Test
    void aBuildFindsNothingToWriteDown() {
        // When
        SmallRyeConfig config = config(Map.of("DATABASE_URL", "postgresql://me:secret@db/sluice"));

        // Then
        assertThat(config.getConfigSources())
                .filteredOn(source -> source.getOrdinal() < ORDINAL_OF_THE_ENVIRONMENT)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.getPropertyNames()).isEmpty());
    }

    private static String value(SmallRyeConfig config, String property) {
        return config.getConfigValue(property).getValue();
    }

    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(environment, "environment", ORDINAL_OF_THE_ENVIRONMENT))
                .withSources(new OfAProgram())
                .build();
    }
}
