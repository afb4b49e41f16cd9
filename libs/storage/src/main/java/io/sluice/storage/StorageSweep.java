package io.sluice.storage;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Deletion of objects that no row names. */
public final class StorageSweep {

    /** Objects that are asked for at a time. */
    private static final int BATCH = 500;

    private StorageSweep() {}

    /** Rows that name objects. */
    @FunctionalInterface
    public interface Rows<E extends Exception> {
        /** Finds the keys of these that a row names. */
        Set<StorageKey> named(List<StorageKey> keys) throws E;
    }

    /**
     * Result of a sweep.
     *
     * @param objects number of objects that were deleted
     * @param bytes their bytes
     */
    public record Swept(long objects, long bytes) {

        /** Result of a sweep that has found nothing. */
        public static final Swept NOTHING = new Swept(0, 0);

        /** Both sweeps together. */
        public Swept and(Swept other) {
            return new Swept(objects + other.objects, bytes + other.bytes);
        }
    }

    /**
     * Deletes what no row names. An object is there before its row, and its key is never used again: so of an object that is old enough, no
     * row can be yet to come.
     *
     * @param folder as of {@link Storage#list}
     * @param before time before which an object was written that can be deleted, by the clock of the storage
     * @param deleted hears of each object once it is deleted, also where the sweep fails at a later one
     * @throws InterruptedException if the thread is interrupted between two batches
     * @throws StorageException if storage fails; what was deleted before stays so
     */
    public static <E extends Exception> Swept sweep(
            Storage storage, String folder, Instant before, Rows<E> rows, Consumer<ListedObject> deleted)
            throws StorageException, InterruptedException, E {
        Swept swept = Swept.NOTHING;
        try (Stream<ListedObject> objects = storage.list(folder)) {
            Iterator<ListedObject> old = objects.filter(
                            object -> object.lastModified().isBefore(before))
                    .iterator();
            while (old.hasNext()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                List<ListedObject> batch = next(old);
                Set<StorageKey> named =
                        rows.named(batch.stream().map(ListedObject::key).toList());
                for (ListedObject object : batch) {
                    if (!named.contains(object.key())) {
                        storage.delete(object.key());
                        deleted.accept(object);
                        swept = swept.and(new Swept(1, object.size()));
                    }
                }
            }
        } catch (UncheckedIOException e) {
            throw StorageException.of(e);
        }
        return swept;
    }

    private static List<ListedObject> next(Iterator<ListedObject> objects) {
        List<ListedObject> batch = new ArrayList<>();
        while (batch.size() < BATCH && objects.hasNext()) {
            batch.add(objects.next());
        }
        return batch;
    }
}
