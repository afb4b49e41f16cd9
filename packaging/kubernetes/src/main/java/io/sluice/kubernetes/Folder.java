package io.sluice.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** Copies folders. */
final class Folder {

    private Folder() {}

    /** Makes {@code target} a copy of {@code source}. Deletes whatever is in {@code target}. */
    static void replace(Path source, Path target) throws IOException {
        FileUtils.deleteDirectory(target.toFile());
        FileUtils.copyDirectory(source.toFile(), target.toFile());
    }
}
