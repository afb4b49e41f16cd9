package io.sluice.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
final class Folders {
    private Folders() {}

    /** Deletes a folder and all in it; one that is not there is fine. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path path : everything(folder, Comparator.reverseOrder())) {
                Files.delete(path);
            }
        }
    }

    /** Copies a folder; all files of the copy have that time. */
    static void copy(Path source, Path target, Instant time) throws IOException {
        for (Path path : everything(source, Comparator.naturalOrder())) {
            Path copy = target.resolve(source.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(path, copy);
                Files.setLastModifiedTime(copy, FileTime.from(time));
            }
        }
    }

    private static List<Path> everything(Path folder, Comparator<Path> order) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(order).toList();
        }
    }
}
