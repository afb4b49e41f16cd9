package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {

    private static RedisSettings read(Map<String, String> environment) {
        return Environment.read(environment::get, RedisSettings::new);
    }

    @Test
    void thereIsNoneByDefault() {
        assertThat(read(Map.of()).isSet()).isFalse();
        assertThat(read(Map.of()).url()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://cache,                      redis://cache:6379/,                  cache:6379",
        "redis://cache:7000/2,               redis://cache:7000/2,                 cache:7000",
        "redis://10.0.0.7/,                  redis://10.0.0.7:6379/,               10.0.0.7:6379",
        "redis://[::1],                      redis://[::1]:6379/,                  [::1]:6379",
        "redis://[::1]:7000,                 redis://[::1]:7000/,                  [::1]:7000",
        "rediss://:s3cret@cache.example.com, rediss://:s3cret@cache.example.com:6379/, cache.example.com:6379",
        "redis://user:a+b@c%40d@cache,       redis://user:a%2Bb%40c%40d@cache:6379/, cache:6379",
    })
    void aUrlIsTakenInTheFormsThatThereAre(String url, String uri, String address) {
        // When
        RedisUrl read = read(Map.of("REDIS_URL", url)).url().orElseThrow();

        // Then
        assertThat(read).isEqualTo(new RedisUrl(uri, address, url.startsWith("rediss")));
        assertThat(read).asString().endsWith("://" + address).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://s3cret@cache           | it must begin with redis:// or rediss://",
                "redis://                      | its host must be a name or an address",
                "redis://:s3cret@my_cache      | its host must be a name or an address",
                "redis://:s3cret@cache:x       | its host must be a name or an address",
                "redis://:s3cret@cache:99999   | its host must be a name or an address",
                "redis://s3cret@cache          | a user needs a password",
                "redis://:s3cret@cache/first   | behind the host may be the number of a database alone",
                "redis://cache?password=s3cret | it has no parameters",
                "redis://:s3cret%@cache        | a '%' must be written as %25",
                "redis://:s3 cret@cache        | white space and control characters must be percent-encoded",
            })
    void whatIsNoneIsNotRepeated(String url, String reason, @TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("url"), url);

        // Then
        assertThatThrownBy(() -> read(Map.of("REDIS_URL", url)))
                .hasMessageContaining("REDIS_URL must be a URL of Redis, as in redis://host:6379")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3");
        assertThatThrownBy(() -> read(Map.of("REDIS_URL_FILE", file.toString())))
                .hasMessageContaining("REDIS_URL_FILE must be the path of a file that holds what REDIS_URL would")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3");
    }

    @Test
    void aFileIsReadAnewEachTime(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("url"), "redis://:first@cache\r\n\n");
        RedisSettings settings = read(Map.of("REDIS_URL_FILE", file.toString()));
        assertThat(settings.isSet()).isTrue();
        assertThat(settings.url().orElseThrow().uri()).isEqualTo("redis://:first@cache:6379/");

        // When
        Files.writeString(file, "redis://:second@cache");

        // Then
        assertThat(settings.url().orElseThrow().uri()).isEqualTo("redis://:second@cache:6379/");
        assertThatThrownBy(() -> read(Map.of("REDIS_URL_FILE", file.toString(), "REDIS_URL", "redis://cache")))
                .hasMessageContaining("REDIS_URL and REDIS_URL_FILE must not both be set");
    }
}
