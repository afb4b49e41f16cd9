package io.sluice.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Content on its way to S3, in a temporary file. The file has no name any more, so that it ends with the process at the latest. */
record SpooledContent(StoredObject object, FileChannel file) implements AutoCloseable {

    /** @throws IOException as of {@link Storage#write} */
    static SpooledContent of(StorageKey key, InputStream bytes, long maxBytes) throws IOException {
        FileChannel file = temporaryFile();
        try {
            return new SpooledContent(
                    CountedInput.copy(key, bytes, maxBytes, (buffer, length) -> append(file, buffer, length)), file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel temporaryFile() throws StorageException {
        try {
            Path file = Files.createTempFile("sluice-upload-", ".tmp");
            return FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static void append(FileChannel file, byte[] buffer, int length) throws StorageException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static StorageException failure(IOException e) {
        return DirectoryFailure.of(Path.of(System.getProperty("java.io.tmpdir")), e);
    }

    /** All bytes from the first on; a stream ends the one before it. */
    InputStream read() {
        try {
            file.position(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FilterInputStream(Channels.newInputStream(file)) {
            @Override
            public void close() {
                // The next attempt reads the same file.
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
