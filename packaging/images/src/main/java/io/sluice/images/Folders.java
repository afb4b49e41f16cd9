package io.sluice.images;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.io.FileUtils;

/** Copies folders. */
final class Folders {
    private Folders() {}

    /** Copies a folder, and sets the modification time of all copied files. */
    static void copy(Path source, Path target, Instant time) throws IOException {
        FileUtils.copyDirectory(source.toFile(), target.toFile());
        for (File file : FileUtils.listFiles(target.toFile(), null, true)) {
            Files.setLastModifiedTime(file.toPath(), FileTime.from(time));
        }
    }
}
