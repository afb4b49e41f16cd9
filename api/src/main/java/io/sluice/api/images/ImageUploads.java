package io.sluice.api.images;

import io.sluice.api.http.request.Caller;
import io.sluice.api.storage.UploadRows;
import io.sluice.api.storage.Uploads;
import io.sluice.api.storage.Uploads.Upload;
import io.sluice.storage.Storage;
import io.sluice.storage.StoredObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes images of files that were received. */
class ImageUploads {

    private static final String KIND = "images";

    private final Storage storage;
    private final ImageStore store;

    ImageUploads(Storage storage, ImageStore store) {
        this.storage = storage;
        this.store = store;
    }

    /**
     * Makes an image, or gives the one that the caller has of the same bytes. Another analysis of that is ordered if the last one failed, or
     * if storage has lost its bytes, which are then stored anew. Blocks.
     *
     * @throws ImageRefusedException if it is not taken
     * @throws IOException as {@link Uploads#add}
     */
    Upload<Image> add(Caller caller, Path file) throws IOException {
        return new Uploads(storage, KIND, caller.name()).add(file, new Rows(caller, header(file)));
    }

    private static ImageHeader header(Path file) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            return ImageHeader.read(bytes);
        }
    }

    /** Images of a caller. */
    private final class Rows implements UploadRows<Image> {

        private final Caller caller;
        private final ImageHeader header;

        Rows(Caller caller, ImageHeader header) {
            this.caller = caller;
            this.header = header;
        }

        @Override
        public Optional<Image> find(byte[] sha256) {
            return store.find(caller.name(), sha256);
        }

        @Override
        public StoredObject content(Image image) {
            return image.content();
        }

        @Override
        public Optional<Image> reuse(Image image) {
            return image.isFailed()
                    ? store.retryIfFailed(caller, image.content().sha256())
                    : Optional.of(image);
        }

        @Override
        public Optional<Image> create(StoredObject content) {
            return store.create(caller, content, header);
        }

        @Override
        public Optional<Image> restore(Image image, StoredObject content) {
            return store.replaceContent(caller, image, content);
        }
    }
}
