package io.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.ClaimRefusedException.Reason;
import io.sluice.storage.StorageSweep.Swept;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims of databases, and what a sweep deletes and what not, whatever the objects lie in. */
abstract class ClaimContract extends StorageContract {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Set<StorageKey> rows = new HashSet<>();
    private String folder;

    @BeforeEach
    void useNoFolderTwice() {
        rows.clear();
        folder = "it-" + UUID.randomUUID();
    }

    /** A claim on storage that has none: that of another test is withdrawn. */
    private StorageClaim claim() throws IOException {
        for (StorageKey key : keys("installation")) {
            storage().delete(key);
        }
        return new StorageClaim(storage(), UUID.randomUUID());
    }

    @Test
    void aDatabaseThatIsTheFirstHoldsTheClaimAndRenewsIt() throws Exception {
        // Given
        StorageClaim claim = claim();

        // When
        claim.check(0);
        claim.renew(1);
        claim.check(1);
        Instant now = claim.renew(2);

        // Then
        assertThat(now)
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(5)),
                        Instant.now().plus(Duration.ofMinutes(5)));
        assertThat(keys("installation")).hasSize(1);
        claim.check(2);
        claim.check(3);
    }

    @Test
    void anotherDatabaseIsRefused() throws Exception {
        // Given
        StorageClaim claim = claim();
        claim.check(0);
        claim.renew(1);
        StorageClaim other = new StorageClaim(storage(), UUID.randomUUID());

        // Then
        isRefused(() -> other.check(0), Reason.FOREIGN);
        isRefused(() -> other.check(1), Reason.FOREIGN);
        claim.check(1);
    }

    @Test
    void ofTwoDatabasesThatBeginAtOnceNoneGoesOn() throws Exception {
        // Given: both have found storage unclaimed
        StorageClaim claim = claim();
        StorageClaim other = new StorageClaim(storage(), UUID.randomUUID());
        claim.check(0);
        storage()
                .write(
                        new StorageKey("installation/" + UUID.randomUUID() + "/0"),
                        new ByteArrayInputStream(new byte[1]),
                        1);

        // Then
        isRefused(() -> claim.renew(1), Reason.FOREIGN);
        isRefused(() -> other.check(0), Reason.FOREIGN);
    }

    @Test
    void anOlderStateOfTheDatabaseIsRefused() throws Exception {
        // Given
        StorageClaim claim = claim();
        claim.check(0);
        claim.renew(1);
        claim.renew(2);

        // Then
        isRefused(() -> claim.check(0), Reason.AHEAD);
        isRefused(() -> claim.check(1), Reason.AHEAD);
        isRefused(() -> claim.renew(2), Reason.AHEAD);

        // When
        claim.dispute();
        claim.dispute();

        // Then: nor is the one that is ahead, which may be the copy
        isRefused(() -> claim.check(2), Reason.AHEAD);
        isRefused(() -> claim.renew(3), Reason.AHEAD);
    }

    @Test
    void aStorageWithoutTheClaimIsRefused() throws IOException {
        // Given
        StorageClaim claim = claim();

        // When and then
        isRefused(() -> claim.check(1), Reason.MISSING);
        assertThat(keys("installation")).isEmpty();
    }

    @Test
    void aRenewalThatEndsDuringAListingHidesNoClaim() throws Exception {
        // Given: the database has the second renewal of another worker, storage not yet
        UUID id = UUID.randomUUID();
        claim();
        StorageClaim claim = new StorageClaim(storage(), id);
        claim.check(0);
        claim.renew(1);
        AtomicInteger listings = new AtomicInteger();
        Storage busy = listed(() -> {
            if (listings.incrementAndGet() == 1) {
                claim.renew(2);
            }
        });

        // When
        new StorageClaim(busy, id).check(2);

        // Then
        assertThat(listings).hasValue(2);
    }

    /** Storage whose listings have neither what is written while they are read nor what is deleted. */
    private Storage listed(Action meanwhile) {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("list");
                    List<ListedObject> before = list((String) arguments[0]);
                    meanwhile.run();
                    List<ListedObject> after = list((String) arguments[0]);
                    return before.stream().filter(after::contains);
                });
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void isRefused(Action action, Reason reason) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(ClaimRefusedException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }

    @Test
    void aSweepDeletesWhatIsOldAndNamedByNoRow() throws Exception {
        // Given
        StoredObject named = write(7);
        rows.add(named.key());
        StoredObject unnamed = write(5);
        StorageKey elsewhere = StorageKey.unique(folder + "-2", "alice");
        storage().write(elsewhere, new ByteArrayInputStream(new byte[1]), 1);

        // When: both are too young
        Swept nothing = StorageSweep.sweep(storage(), folder, Instant.now().minus(HOUR), this::named, object -> {});

        // Then
        assertThat(nothing).isEqualTo(new Swept(0, 0));
        assertThat(keys(folder)).containsExactlyInAnyOrder(named.key(), unnamed.key());

        // When
        List<ListedObject> deleted = new ArrayList<>();
        Swept swept = StorageSweep.sweep(storage(), folder, Instant.now().plus(HOUR), this::named, deleted::add);

        // Then
        assertThat(swept).isEqualTo(new Swept(1, 5));
        assertThat(deleted).extracting(ListedObject::key).containsExactly(unnamed.key());
        assertThat(keys(folder)).containsExactly(named.key());
        assertThat(keys(folder + "-2")).containsExactly(elsewhere);
    }

    @Test
    void whatIsDeletedAndUploadedAgainDuringASweepStays() throws Exception {
        // Given
        StoredObject first = write(9);
        rows.add(first.key());

        // When: it is, after the sweep has listed and before it deletes
        StorageSweep.sweep(
                storage(),
                folder,
                Instant.now().plus(HOUR),
                keys -> {
                    Set<StorageKey> named = named(keys);
                    rows.remove(first.key());
                    storage().delete(first.key());
                    rows.add(write(9).key());
                    return named;
                },
                object -> {});

        // Then
        assertThat(keys(folder)).containsExactlyElementsOf(rows);
    }

    private Set<StorageKey> named(List<StorageKey> keys) {
        return keys.stream().filter(rows::contains).collect(Collectors.toSet());
    }

    private StoredObject write(int size) throws IOException {
        try (InputStream bytes = new ByteArrayInputStream(new byte[size])) {
            return storage().write(StorageKey.unique(folder, "alice"), bytes, size);
        }
    }

    private List<StorageKey> keys(String folder) {
        return list(folder).stream().map(ListedObject::key).toList();
    }

    private List<ListedObject> list(String folder) {
        try (Stream<ListedObject> objects = storage().list(folder)) {
            return objects.toList();
        } catch (StorageException e) {
            throw new AssertionError(e);
        }
    }
}
