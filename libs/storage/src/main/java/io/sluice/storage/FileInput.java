package io.sluice.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bytes of a file. */
final class FileInput extends VerifiedInput {

    private final FileChannel channel;
    private final Path root;

    FileInput(StoredObject object, @Nullable ByteRange range, FileChannel channel, Path root) {
        super(object, range);
        this.channel = channel;
        this.root = root;
    }

    @Override
    int readStored(byte[] buffer, int offset, int length) throws StorageException {
        try {
            return channel.read(ByteBuffer.wrap(buffer, offset, length));
        } catch (IOException e) {
            throw DirectoryFailure.of(root, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
