package io.sluice.storage;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Failures of S3 by kind; see its list of error codes. */
final class S3Failure {

    private static final int OUT_OF_RANGE = 416;

    private S3Failure() {}

    /** True if the object ends before the range that was asked for. */
    static boolean isOutOfRange(SdkException e) {
        return e instanceof S3Exception s3 && s3.statusCode() == OUT_OF_RANGE;
    }

    static StorageException of(String bucket, SdkException e) {
        if (!(e instanceof S3Exception s3)) {
            return new StorageException(
                    StorageFailure.UNAVAILABLE, "S3 cannot be reached; check AWS_ENDPOINT_URL_S3 and the network.", e);
        }
        return switch (s3.statusCode()) {
            case 401, 403 ->
                new StorageException(
                        StorageFailure.ACCESS_DENIED,
                        "The access key may not use the bucket " + bucket + code(s3)
                                + "; correct the key, or give it the right.",
                        e);
            case 404 ->
                code(s3).contains("NoSuchBucket")
                        ? new StorageException(
                                StorageFailure.UNAVAILABLE,
                                "There is no bucket " + bucket + "; make it, or correct STORAGE_URL.",
                                e)
                        : new StorageException(
                                StorageFailure.MISSING, "There is no such object in the bucket " + bucket + ".", e);
            case 412 ->
                new StorageException(StorageFailure.KEY_IN_USE, "The key is in use in the bucket " + bucket + ".", e);
            case 507 ->
                new StorageException(
                        StorageFailure.FULL,
                        "The storage of the bucket " + bucket + " is full" + code(s3) + "; enlarge it.",
                        e);
            default ->
                new StorageException(
                        StorageFailure.UNAVAILABLE,
                        "S3 answered " + s3.statusCode() + code(s3) + " for the bucket " + bucket + "; try again.",
                        e);
        };
    }

    /** S3's code, such as {@code SignatureDoesNotMatch}; a response to HEAD has none. */
    private static String code(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : " (" + details.errorCode() + ")";
    }
}
