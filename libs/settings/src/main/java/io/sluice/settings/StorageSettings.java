package io.sluice.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Storage of bytes that are too large for a row, and how to reach it. */
public final class StorageSettings {

    private static final List<Setting> OF_S3 =
            List.of(Setting.AWS_ACCESS_KEY_ID, Setting.AWS_SECRET_ACCESS_KEY, Setting.AWS_SHARED_CREDENTIALS_FILE);

    private final StorageUrl url;
    private final Optional<URI> endpoint;
    private final String region;
    private final Optional<String> accessKeyId;
    private final Optional<String> secretAccessKey;
    private final Optional<Path> credentialsFile;

    /** Reads them. */
    public StorageSettings(Environment environment) {
        url = StorageUrl.parse(environment.text(Setting.STORAGE_URL));
        endpoint = environment.optional(Setting.AWS_ENDPOINT_URL_S3).map(URI::create);
        region = environment.text(Setting.AWS_REGION);
        accessKeyId = environment.optional(Setting.AWS_ACCESS_KEY_ID);
        secretAccessKey = environment.optional(Setting.AWS_SECRET_ACCESS_KEY);
        credentialsFile =
                environment.optional(Setting.AWS_SHARED_CREDENTIALS_FILE).map(Path::of);
        if (url instanceof StorageUrl.Bucket && environment.areRight(OF_S3)) {
            checkKeys(environment);
        }
    }

    private void checkKeys(Environment environment) {
        if (accessKeyId.isPresent() != secretAccessKey.isPresent()) {
            environment.conflict("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together");
        } else if (accessKeyId.isPresent() == credentialsFile.isPresent()) {
            environment.conflict(
                    "STORAGE_URL is a bucket, so either AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set, or"
                            + " AWS_SHARED_CREDENTIALS_FILE");
        }
    }

    /** Address of the storage. */
    public StorageUrl url() {
        return url;
    }

    /** Endpoint of what speaks S3's protocol; empty for AWS's own. */
    public Optional<URI> endpoint() {
        return endpoint;
    }

    /** Region that requests are signed for. */
    public String region() {
        return region;
    }

    /** Name of the access key; empty where it is in a file, or not needed. */
    public Optional<String> accessKeyId() {
        return accessKeyId;
    }

    /** Secret of the access key; there if its name is. */
    public Optional<String> secretAccessKey() {
        return secretAccessKey;
    }

    /** File that has the keys in its profile {@code default}, and may get others at any time. */
    public Optional<Path> credentialsFile() {
        return credentialsFile;
    }
}
