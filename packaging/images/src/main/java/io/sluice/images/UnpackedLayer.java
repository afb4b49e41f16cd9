package io.sluice.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a layer below a folder. Deletions of files of lower layers are ignored, because nobody removes files of
 * a JVM.
 */
final class UnpackedLayer implements AutoCloseable {
    private static final int EXECUTABLE = 0100;

    private final TarArchiveInputStream layer;
    private final Path folder;
    private final Path target;

    /**
     * @param layer a tar archive
     * @param folder an absolute path in the image
     * @param target the folder to write to
     */
    UnpackedLayer(InputStream layer, String folder, Path target) {
        this.layer = new TarArchiveInputStream(layer);
        this.folder = Path.of("/").resolve(folder).normalize();
        this.target = target;
    }

    void write() throws IOException {
        for (TarArchiveEntry entry = layer.getNextEntry(); entry != null; entry = layer.getNextEntry()) {
            Path path = place(entry.getName());
            if (path != null && !entry.isDirectory()) {
                Files.createDirectories(path.getParent());
                Files.deleteIfExists(path);
                write(entry, path);
            }
        }
    }

    private void write(TarArchiveEntry entry, Path path) throws IOException {
        Path original = entry.isLink() ? place(entry.getLinkName()) : null;
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (original != null) {
            Files.createLink(path, original);
        } else if (entry.isFile()) {
            Files.copy(layer, path);
            boolean executable = (entry.getMode() & EXECUTABLE) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            Files.setLastModifiedTime(path, entry.getLastModifiedTime());
        }
    }

    /** The target of a file of the layer, or null if the file is not below the folder. */
    private @Nullable Path place(String name) {
        Path path = Path.of("/").resolve(name).normalize();
        return path.startsWith(folder) ? target.resolve(folder.relativize(path).toString()) : null;
    }

    @Override
    public void close() throws IOException {
        layer.close();
    }
}
