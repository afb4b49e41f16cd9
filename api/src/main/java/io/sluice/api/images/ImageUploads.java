package io.sluice.api.images;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.images.ImageStore.Caller;
import io.sluice.storage.Storage;
import io.sluice.storage.StorageException;
import io.sluice.storage.StorageKey;
import io.sluice.storage.StoredObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Makes images of files that were received. The bytes are in storage before the row that names them: a row never lacks its bytes, and
 * bytes that no row names are found by a sweeper.
 */
class ImageUploads {

    private static final String KIND = "images";

    private final Storage storage;
    private final ImageStore store;

    ImageUploads(Storage storage, ImageStore store) {
        this.storage = storage;
        this.store = store;
    }

    /**
     * An image of these bytes.
     *
     * @param created false if the caller had it already
     */
    record Upload(Image image, boolean created) {}

    /**
     * Makes an image, or gives the one that the caller has of the same bytes. Another analysis of that is ordered if the last one failed, or
     * if storage has lost its bytes, which are then stored anew. Blocks.
     *
     * @throws ImageRefusedException if it is not taken
     * @throws StorageException if storage fails
     * @throws IOException if the file cannot be read
     * @throws ProblemException if so many jobs or events wait that no more may
     * @throws DatabaseUnavailableException if it is not known whether there is an image now; the same bytes can be sent again
     */
    Upload add(Caller caller, Path file) throws IOException {
        ImageHeader header = header(file);
        byte[] sha256 = sha256(file);
        // Once more where another request has made the image in between, and perhaps deleted it since.
        while (true) {
            Optional<Image> known = store.find(caller.name(), sha256);
            Optional<Upload> upload = known.isPresent() && isStored(known.get().content())
                    ? analysed(caller, known.get(), sha256)
                    : stored(caller, write(caller, file), header, known);
            if (upload.isPresent()) {
                return upload.get();
            }
        }
    }

    /** Tells whether the bytes are as they were written; also true while storage cannot tell. */
    private boolean isStored(StoredObject content) throws IOException {
        try (InputStream bytes = storage.open(content)) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (StorageException e) {
            return switch (e.failure()) {
                case MISSING, CHANGED -> false;
                case FULL, READ_ONLY, ACCESS_DENIED, UNAVAILABLE, KEY_IN_USE -> true;
            };
        }
    }

    private Optional<Upload> analysed(Caller caller, Image known, byte[] sha256) {
        Optional<Image> image = known.isFailed() ? store.retryIfFailed(caller, sha256) : Optional.of(known);
        return image.map(found -> new Upload(found, false));
    }

    /** Gives the bytes to a new image, or to the one that has lost its own. */
    private Optional<Upload> stored(
            Caller caller, StoredObject content, ImageHeader header, Optional<Image> withoutBytes) {
        Optional<Upload> upload =
                keep(caller, content, header, withoutBytes).map(image -> new Upload(image, withoutBytes.isEmpty()));
        if (upload.isEmpty()) {
            discard(content);
        } else {
            withoutBytes.ifPresent(image -> discard(image.content()));
        }
        return upload;
    }

    private StoredObject write(Caller caller, Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return storage.write(StorageKey.unique(KIND, caller.name()), bytes, Files.size(file));
        }
    }

    private Optional<Image> keep(
            Caller caller, StoredObject content, ImageHeader header, Optional<Image> withoutBytes) {
        try {
            return withoutBytes.isPresent()
                    ? store.replaceContent(caller, withoutBytes.get(), content)
                    : store.create(caller, content, header);
        } catch (ProblemException refused) {
            // Rolled back for certain. After any other failure the row may be there, and what it names has to stay.
            discard(content);
            throw refused;
        }
    }

    private void discard(StoredObject content) {
        try {
            storage.delete(content.key());
        } catch (StorageException e) {
            // No row names it, so the sweeper deletes it.
        }
    }

    private static ImageHeader header(Path file) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            return ImageHeader.read(bytes);
        }
    }

    private static byte[] sha256(Path file) throws IOException {
        try (DigestInputStream bytes =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return bytes.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
