package io.sluice.e2e;

import io.sluice.local.Platform;
import io.sluice.local.PlatformSettings;
import io.sluice.local.Ports;
import io.sluice.local.ProgressListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of {@code docs/guides/backup.md}. */
@Tag("slow")
class BackupIT {

    @TempDir
    Path folder;

    @Test
    void aLostDatabaseIsRestoredAndWhatCameAfterTheBackupIsReadAgain() throws Exception {
        // Given
        Path home = folder.resolve("home");
        Path cluster = home.resolve("data/postgresql/cluster");
        try (Platform platform =
                        Platform.start(PlatformSettings.ofThisBuild(home, Ports.free()), ProgressListener.SILENT);
                Poster poster = Poster.start(platform.api().url())) {
            Table table = new Table(platform.postgres().url());
            poster.awaitSomeMore();
            poster.awaitStored(table, Duration.ofSeconds(10));
            GroupOffsets offsets = GroupOffsets.of(platform.kafka(), "sluice", "sluice-dead-letters");
            BaseBackup backup = BaseBackup.take(platform.postgres(), cluster, folder.resolve("backup"));
            poster.awaitSomeMore();
            poster.awaitStored(table, Duration.ofSeconds(10));

            // When
            platform.postgres().stop();
            Files.move(cluster, folder.resolve("lost"));
            poster.awaitSomeMore();
            platform.consumer().stop();
            backup.restore(cluster);
            platform.postgres().start();
            offsets.restore(platform.kafka());
            platform.consumer().start();
            poster.awaitSomeMore();
            poster.stop();

            // Then
            poster.awaitStored(table, Duration.ofSeconds(10));
            poster.assertAllStoredOnce(table);
        }
    }
}
