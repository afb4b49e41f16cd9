package io.sluice.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Bytes of an object of S3. */
final class S3Input extends VerifiedInput {

    private final ResponseInputStream<GetObjectResponse> response;

    S3Input(StoredObject object, @Nullable ByteRange range, ResponseInputStream<GetObjectResponse> response) {
        super(object, range);
        this.response = response;
    }

    /** Size of the whole object, also in the response to a range. */
    static long sizeOf(GetObjectResponse response) {
        String range = response.contentRange();
        return range == null ? response.contentLength() : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }

    @Override
    int readStored(byte[] buffer, int offset, int length) throws StorageException {
        try {
            return response.read(buffer, offset, length);
        } catch (IOException e) {
            throw new StorageException(StorageFailure.UNAVAILABLE, "The connection to S3 broke; try again.", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (left() > 0) {
            // Closing would read the rest.
            response.abort();
        } else {
            response.close();
        }
    }
}
