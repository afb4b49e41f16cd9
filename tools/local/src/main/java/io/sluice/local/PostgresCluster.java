package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A PostgreSQL data directory with Sluice's role and database. */
record PostgresCluster(Path folder, PostgresTools tools, Path log) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Creates the directory if it does not exist, under another name at first. */
    void make() {
        if (Files.exists(folder)) {
            return;
        }
        StagingDirectory staging = new StagingDirectory(folder.resolve("..").normalize());
        String name = folder.getFileName().toString();
        staging.discardStale(name);
        Path draft = staging.next(name);
        try {
            initialise(draft);
            addRoleAndDatabase(draft);
            Files.move(draft, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise(Path draft) throws IOException {
        Path password = Files.createTempFile(folder.getParent(), "password", null);
        try {
            Files.writeString(password, PostgresServer.SUPERUSER);
            List<String> arguments = List.of(
                    "--pgdata=" + draft,
                    "--username=" + PostgresServer.SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
            ChildProcess.start("PostgreSQL's initdb", tools.command("initdb", arguments), log)
                    .awaitSuccess(LIMIT);
        } finally {
            Files.delete(password);
        }
    }

    /** Runs in single-user mode, which needs no client and reads a statement a line. */
    private void addRoleAndDatabase(Path draft) {
        String name = PostgresServer.NAME;
        String statements =
                """
                CREATE ROLE %1$s LOGIN PASSWORD '%1$s'
                CREATE DATABASE %1$s OWNER %1$s
                """
                        .formatted(name);
        List<String> arguments = List.of("--single", "-D", draft.toString(), "-c", "exit_on_error=on", "postgres");
        ChildProcess.start("PostgreSQL's single-user mode", tools.command("postgres", arguments), log)
                .feed(statements)
                .awaitSuccess(LIMIT);
    }
}
