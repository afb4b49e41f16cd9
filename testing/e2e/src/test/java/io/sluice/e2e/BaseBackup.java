package io.sluice.e2e;

import io.sluice.local.PostgresServer;
import io.sluice.settings.DatabaseUrl;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * A copy of a running server's data folder, made as {@code pg_basebackup} makes it, which the server's package here does not have.
 *
 * @see <a href="https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">Making a base backup
 *     using the low level API</a>
 */
record BaseBackup(Path folder) {

    private static final Path WAL = Path.of("pg_wal");
    private static final Set<Path> OF_THE_PROCESS = Set.of(Path.of("postmaster.pid"), Path.of("postmaster.opts"));

    /** Takes one while the server works. */
    static BaseBackup take(PostgresServer server, Path cluster, Path folder) throws SQLException, IOException {
        DatabaseUrl admin = DatabaseUrl.parse(server.adminUrl());
        try (Connection connection = DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('nightly', fast => true)");
            Files.walkFileTree(cluster, new Copy(cluster, folder));
            try (ResultSet stop =
                    statement.executeQuery("select labelfile from pg_backup_stop(wait_for_archive => false)")) {
                stop.next();
                Files.writeString(folder.resolve("backup_label"), stop.getString(1));
            }
            // All that was written meanwhile: from it, the copy is made whole when a server starts on it.
            Files.walkFileTree(cluster.resolve(WAL), new Copy(cluster.resolve(WAL), folder.resolve(WAL)));
        }
        return new BaseBackup(folder);
    }

    /** Puts it where a server is to start. */
    void restore(Path cluster) throws IOException {
        Files.walkFileTree(folder, new Copy(folder, cluster));
    }

    private static final class Copy extends SimpleFileVisitor<Path> {

        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Path copy = to.resolve(from.relativize(folder));
            if (!Files.exists(copy)) {
                Files.copy(folder, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path name = from.relativize(file);
            if (!OF_THE_PROCESS.contains(name)) {
                try {
                    Files.copy(
                            file,
                            to.resolve(name),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING);
                } catch (NoSuchFileException deletedMeanwhile) {
                    return FileVisitResult.CONTINUE;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
