package io.sluice.storage;

import io.sluice.settings.StorageSettings;
import io.sluice.settings.StorageUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in a bucket of S3. A put is refused where there is an object already ({@code If-None-Match: *}), and the server compares the
 * SHA-256, so it stores all or nothing.
 */
public final class S3Storage implements Storage {

    /** Metadata by which a put that is repeated after a lost response knows its own object. */
    private static final String WRITE_ID = "write-id";

    /** Types are the rows' business. */
    private static final String MIME_TYPE = "application/octet-stream";

    private static final int PRECONDITION_FAILED = 412;

    private final S3Client client;
    private final StorageUrl.Bucket bucket;

    /** Opens the bucket; connects when it is used. */
    public S3Storage(StorageUrl.Bucket bucket, StorageSettings settings) {
        this.bucket = bucket;
        client = S3Clients.of(settings);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The content is kept in a temporary file until it is complete: its length and SHA-256 go before it, a slow client holds no
     * connection to S3, and a put can be repeated.
     */
    @Override
    public StoredObject write(StorageKey key, InputStream bytes, long maxBytes) throws IOException {
        try (SpooledContent content = SpooledContent.of(key, bytes, maxBytes)) {
            put(content);
            return content.object();
        }
    }

    private void put(SpooledContent content) throws StorageException {
        StoredObject object = content.object();
        String writeId = UUID.randomUUID().toString();
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket.bucket())
                .key(name(object.key().value()))
                .ifNoneMatch("*")
                .contentLength(object.size())
                .checksumSHA256(Base64.getEncoder().encodeToString(object.sha256()))
                .metadata(Map.of(WRITE_ID, writeId))
                .build();
        try {
            client.putObject(request, RequestBody.fromContentProvider(content::read, object.size(), MIME_TYPE));
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED || !isWrittenBy(writeId, object.key())) {
                throw failure(e);
            }
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    private boolean isWrittenBy(String writeId, StorageKey key) throws StorageException {
        try {
            Map<String, String> metadata = client.headObject(
                            head -> head.bucket(bucket.bucket()).key(name(key.value())))
                    .metadata();
            return writeId.equals(metadata.get(WRITE_ID));
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public InputStream open(StoredObject object) throws StorageException {
        return open(object, null);
    }

    @Override
    public InputStream open(StoredObject object, @Nullable ByteRange range) throws StorageException {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(bucket.bucket())
                .key(name(object.key().value()));
        if (range != null) {
            object.requireWithin(range);
            request.range("bytes=" + range.first() + "-" + range.last());
        }
        try {
            ResponseInputStream<GetObjectResponse> response = client.getObject(request.build());
            long size = S3Input.sizeOf(response.response());
            if (size != object.size()) {
                response.abort();
                throw VerifiedInput.changed(object, "it has " + size + " bytes");
            }
            return new S3Input(object, range, response);
        } catch (SdkException e) {
            throw S3Failure.isOutOfRange(e) ? VerifiedInput.changed(object, "it is shorter") : failure(e);
        }
    }

    @Override
    public void delete(StorageKey key) throws StorageException {
        try {
            client.deleteObject(delete -> delete.bucket(bucket.bucket()).key(name(key.value())));
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    /** A stream of pages: of one of all objects, an iterator would hold all of them. */
    @Override
    public Stream<ListedObject> list(String folder) throws StorageException {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket.bucket())
                .prefix(name(StorageKey.requireFolder(folder) + "/"))
                .build();
        return Stream.iterate(Optional.of(page(request)), Optional::isPresent, last -> next(request, last))
                .flatMap(Optional::stream)
                .flatMap(page -> page.contents().stream())
                .flatMap(this::listed);
    }

    private Optional<ListObjectsV2Response> next(ListObjectsV2Request request, Optional<ListObjectsV2Response> last) {
        return last.filter(ListObjectsV2Response::isTruncated).map(page -> {
            try {
                return page(request.toBuilder()
                        .continuationToken(page.nextContinuationToken())
                        .build());
            } catch (StorageException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private ListObjectsV2Response page(ListObjectsV2Request request) throws StorageException {
        try {
            return client.listObjectsV2(request);
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    private Stream<ListedObject> listed(S3Object object) {
        String key = object.key().substring(name("").length());
        return StorageKey.isKey(key)
                ? Stream.of(new ListedObject(new StorageKey(key), object.size(), object.lastModified()))
                : Stream.empty();
    }

    /** Lists one object at most, which takes the right that {@link #list} takes. */
    @Override
    public void check() throws StorageException {
        try {
            client.listObjectsV2(
                    list -> list.bucket(bucket.bucket()).prefix(name("")).maxKeys(1));
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private String name(String key) {
        return bucket.prefix().isEmpty() ? key : bucket.prefix() + "/" + key;
    }

    private StorageException failure(SdkException e) {
        return S3Failure.of(bucket.bucket(), e);
    }
}
