package io.sluice.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A program's files as layers, the least changing first: libraries shared by all programs, of which a node and a
 * registry keep one copy; the program's other libraries; Sluice's own jars.
 */
final class PackagedFiles {
    static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/deployments");

    private final Path folder;
    private final Collection<Path> all;

    /**
     * @param folder the program's {@code quarkus-app}
     * @param all the folders of all programs
     */
    PackagedFiles(Path folder, Collection<Path> all) {
        this.folder = folder;
        this.all = all;
    }

    List<FileEntriesLayer> layers() {
        Predicate<Path> library =
                file -> file.startsWith("lib") && !file.getFileName().toString().startsWith("io.sluice.");
        Predicate<Path> shared = library.and(this::isTheSameInAll);
        return List.of(
                layer("libraries of all programs", shared),
                layer("libraries of this program", library.and(shared.negate())),
                layer("Sluice", library.negate()));
    }

    private FileEntriesLayer layer(String name, Predicate<Path> selection) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Path file : files(selection)) {
            layer.addEntry(folder.resolve(file), HOME.resolve(file));
        }
        return layer.build();
    }

    /** Sorted, because layers are identified by their digest. */
    private List<Path> files(Predicate<Path> selection) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(selection)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTheSameInAll(Path file) {
        return all.stream().allMatch(other -> isTheSame(folder.resolve(file), other.resolve(file)));
    }

    private static boolean isTheSame(Path one, Path other) {
        try {
            return Files.exists(other) && Files.mismatch(one, other) == -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
