package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageSettingsTest {

    private static final String NO_KEYS =
            "The configuration is wrong:\n  STORAGE_URL is a bucket, so either AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be"
                    + " set, or AWS_SHARED_CREDENTIALS_FILE";

    @Test
    void aDirectoryNeedsNoKeys() {
        assertThat(read(Map.of("STORAGE_URL", "file:///data/images/../my%20images"))
                        .url())
                .isEqualTo(new StorageUrl.Directory(Path.of("/data/my images")));
    }

    @ParameterizedTest
    @CsvSource({"s3://photos, ''", "s3://photos/, ''", "s3://photos/prod/eu/, prod/eu"})
    void aBucketMayHaveAPrefix(String url, String prefix) {
        // When
        StorageSettings settings = read(Map.of(
                "STORAGE_URL", url,
                "S3_ENDPOINT", "http://minio:9000",
                "S3_REGION", "eu-central-1",
                "S3_ACCESS_KEY_ID", "name",
                "S3_SECRET_ACCESS_KEY", "secret"));

        // Then
        assertThat(settings.url()).isEqualTo(new StorageUrl.Bucket("photos", prefix));
        assertThat(settings.endpoint()).contains(URI.create("http://minio:9000"));
        assertThat(settings.region()).isEqualTo("eu-central-1");
        assertThat(settings.accessKeyId()).contains("name");
        assertThat(settings.secretAccessKey()).contains("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "data, it must begin with file:/// or s3://",
        "/data, it must begin with file:/// or s3://",
        "https://bucket.s3.amazonaws.com, it must begin with file:/// or s3://",
        "file:data, the path of a directory must be absolute",
        "file://data, the path of a directory must be absolute",
        "file://./data, the path of a directory must be absolute",
        "file:///my data, white space and special characters must be percent-encoded",
        "file:///data%00, the path of a directory must be absolute",
        "s3://Bucket, a bucket has 3 to 63",
        "s3:///prefix, a bucket has 3 to 63",
        "s3://b, a bucket has 3 to 63",
        "s3://bucket:9000/prefix, a bucket has 3 to 63",
        "s3://name:s3cret@bucket, it must have no user",
        "s3://bucket?region=eu, it must have no user",
        "s3://bucket/../x, the prefix has at most 5 segments",
        "s3://bucket//x, the prefix has at most 5 segments"
    })
    void anotherAddressIsRefusedWithWhatIsWrong(String url, String fault) {
        assertThatThrownBy(() -> read(Map.of("STORAGE_URL", url)))
                .hasMessageContaining("STORAGE_URL must be a directory, as in file:///data, or a bucket of S3")
                .hasMessageContaining("; " + fault)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aBucketNeedsKeysOnce(@TempDir Path folder) throws IOException {
        // Given
        String file = Files.writeString(
                        folder.resolve("credentials"),
                        "[default]\naws_access_key_id = name\naws_secret_access_key=s3cret\n")
                .toString();

        // When, Then
        assertThat(read(Map.of("STORAGE_URL", "s3://photos", "AWS_SHARED_CREDENTIALS_FILE", file))
                        .credentialsFile())
                .contains(Path.of(file));
        assertThatThrownBy(() -> read(Map.of("STORAGE_URL", "s3://photos"))).hasMessage(NO_KEYS);
        assertThatThrownBy(() -> read(Map.of(
                        "STORAGE_URL", "s3://photos",
                        "AWS_SHARED_CREDENTIALS_FILE", file,
                        "AWS_ACCESS_KEY_ID", "name",
                        "AWS_SECRET_ACCESS_KEY", "s3cret")))
                .hasMessage(NO_KEYS);
        assertThatThrownBy(() -> read(Map.of("STORAGE_URL", "s3://photos", "AWS_ACCESS_KEY_ID", "name")))
                .hasMessageContaining("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "[default]",
        "[other]\\naws_access_key_id=a\\naws_secret_access_key=s3cret",
        "aws_secret_access_key=s3cret"
    })
    void aFileWithoutKeysIsRefused(String text, @TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("credentials"), text.replace("\\n", "\n"));

        // When, Then
        assertThatThrownBy(() -> read(Map.of("AWS_SHARED_CREDENTIALS_FILE", file.toString())))
                .hasMessageContaining("[default] in it must have aws_access_key_id and aws_secret_access_key")
                .hasMessageNotContaining("s3cret");
    }

    private static StorageSettings read(Map<String, String> variables) {
        return Environment.read(variables::get, StorageSettings::new);
    }
}
