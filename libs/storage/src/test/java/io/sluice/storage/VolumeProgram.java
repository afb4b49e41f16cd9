package io.sluice.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Stream;

/** A program that uses a directory, to be run where a volume is mounted that the tests do not see. */
final class VolumeProgram {

    private static final String KIND = "it";
    private static final int MORE_THAN_A_MEBIBYTE = 1_100_000;

    private VolumeProgram() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        switch (args[1]) {
            case "write" -> tell(() -> write(DirectoryStorage.open(root, Clock.systemUTC()), 10));
            case "write-too-much" -> {
                DirectoryStorage storage = DirectoryStorage.open(root, Clock.systemUTC());
                tell(() -> write(storage, MORE_THAN_A_MEBIBYTE));
                System.out.println("objects: " + list(storage));
                try (Stream<Path> files = Files.list(root.resolve(".tmp"))) {
                    System.out.println("temporary files: " + files.count());
                }
                tell(() -> write(storage, 10));
            }
            case "read-only" -> {
                DirectoryStorage storage = DirectoryStorage.open(root, Clock.systemUTC());
                tell(() -> write(storage, 10));
                tell(storage::check);
                try (Stream<ListedObject> objects = storage.list(KIND)) {
                    StorageKey key = objects.findFirst().orElseThrow().key();
                    tell(() -> storage.delete(key));
                }
                System.out.println("objects: " + list(storage));
            }
            default -> throw new IllegalArgumentException(args[1]);
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void tell(Action action) throws IOException {
        try {
            action.run();
            System.out.println("written");
        } catch (StorageException e) {
            System.out.println(e.failure());
        }
    }

    private static void write(Storage storage, int size) throws IOException {
        InputStream bytes = new ByteArrayInputStream(new byte[size]);
        storage.write(StorageKey.unique(KIND, UUID.randomUUID().toString()), bytes, size);
    }

    private static long list(Storage storage) throws IOException {
        try (Stream<ListedObject> objects = storage.list(KIND)) {
            return objects.count();
        }
    }
}
