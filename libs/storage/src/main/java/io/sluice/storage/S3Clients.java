package io.sluice.storage;

import io.sluice.settings.StorageSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients of S3, and of what speaks its protocol. */
final class S3Clients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Longest silence of the server. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

    /** Longest time of all attempts together, up to the first byte of an object that is read. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private S3Clients() {}

    static S3Client of(StorageSettings settings) {
        S3ClientBuilder builder = S3Client.builder()
                // Buckets as paths: their names need not be hosts that a DNS knows.
                .forcePathStyle(true)
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                // SHA-256 is computed anyway; other checksums are not known to every server that speaks the protocol.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT))
                .overrideConfiguration(timeouts -> timeouts.apiCallTimeout(CALL_TIMEOUT));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(StorageSettings settings) {
        if (settings.credentialsFile().isPresent()) {
            return ProfileCredentialsProvider.builder()
                    .profileFile(ProfileFileSupplier.reloadWhenModified(
                            settings.credentialsFile().get(), ProfileFile.Type.CREDENTIALS))
                    .profileName("default")
                    .build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                settings.accessKeyId().orElseThrow(), settings.secretAccessKey().orElseThrow()));
    }
}
