package io.sluice.storage;

import io.sluice.storage.ClaimRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Claim of a database on a storage, so that another database, or an older copy of the same one, does not delete what it does not know.
 * The claim is an object {@code installation/<id>/<number>}; the database keeps the same id and number, and renews the claim with the next
 * number before each use. A storage that is ahead of the database was used by a later state of it.
 */
public final class StorageClaim {

    private static final String FOLDER = "installation";

    /** Number of a claim that no database reaches: two databases have the same id. */
    private static final long DISPUTED = Long.MAX_VALUE;

    private final Storage storage;
    private final String id;

    /** @param id of the installation, as its database has it */
    public StorageClaim(Storage storage, UUID id) {
        this.storage = storage;
        this.id = id.toString();
    }

    /**
     * Checks that storage has the claim, and makes it where the database has never renewed it and storage has no other. Two databases that
     * begin at once are both refused, by this or by {@link #renew}.
     *
     * @param number of the last renewal, as the database has it; 0 if there was none
     * @throws ClaimRefusedException if the claim is another's
     * @throws StorageException if storage fails
     */
    public void check(long number) throws StorageException, ClaimRefusedException {
        List<Marker> markers = markers();
        if (markers.isEmpty() && number > 0) {
            // A listing during which another worker renews the claim can miss both the old object and the new one. To
            // be
            // missed again takes another renewal, whose number is in the database then.
            markers = markers();
        }
        if (markers.isEmpty()) {
            if (number > 0) {
                throw new ClaimRefusedException(Reason.MISSING);
            }
            write(0);
        } else if (markers.stream().anyMatch(marker -> marker.number > number)) {
            throw new ClaimRefusedException(Reason.AHEAD);
        }
    }

    /**
     * Renews the claim.
     *
     * @param number one more than the last one; committed in the database before
     * @return the time, by the clock of the storage
     * @throws ClaimRefusedException if another database was faster
     * @throws StorageException if storage fails
     */
    public Instant renew(long number) throws StorageException, ClaimRefusedException {
        if (!write(number)) {
            throw new ClaimRefusedException(Reason.AHEAD);
        }
        Optional<Instant> now = Optional.empty();
        for (Marker marker : markers()) {
            if (marker.number > number) {
                throw new ClaimRefusedException(Reason.AHEAD);
            } else if (marker.number == number) {
                now = Optional.of(marker.time);
            } else {
                storage.delete(key(marker.number));
            }
        }
        return now.orElseThrow(() -> new ClaimRefusedException(Reason.MISSING));
    }

    /** Withdraws the claim from all databases that have its id: none can tell which of them the storage belongs to. */
    public void dispute() throws StorageException {
        write(DISPUTED);
    }

    /** Object of the claim, and the time at which it was written. */
    private record Marker(long number, Instant time) {}

    private List<Marker> markers() throws StorageException, ClaimRefusedException {
        List<Marker> markers = new ArrayList<>();
        try (Stream<ListedObject> objects = storage.list(FOLDER)) {
            for (ListedObject object : (Iterable<ListedObject>) objects::iterator) {
                String[] segments = object.key().value().split("/", -1);
                if (segments.length != 3 || !segments[1].equals(id) || !segments[2].matches("\\d{1,19}")) {
                    throw new ClaimRefusedException(Reason.FOREIGN);
                }
                markers.add(new Marker(Long.parseLong(segments[2]), object.lastModified()));
            }
        } catch (UncheckedIOException e) {
            throw StorageException.of(e);
        }
        return markers;
    }

    /** False if there is an object of this number already. */
    private boolean write(long number) throws StorageException {
        try {
            storage.write(key(number), new ByteArrayInputStream(new byte[] {'\n'}), 1);
            return true;
        } catch (StorageException e) {
            if (e.failure() == StorageFailure.KEY_IN_USE) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StorageKey key(long number) {
        return new StorageKey(FOLDER + "/" + id + "/" + number);
    }
}
