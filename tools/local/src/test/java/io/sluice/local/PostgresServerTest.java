package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    private static final String DATA = "data, 'more' of [it]; 100% #1!";

    @TempDir
    private static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(folder.resolve(DATA), 0, log(), Map.of("work_mem", "7MB"));
    }

    @BeforeEach
    void startAgain() {
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void sluiceOwnsItsDatabaseAndIsNoSuperuser() throws SQLException {
        assertThat(value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThat(value("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("sluice");
        assertThat(value("SELECT concat_ws(' ', datlocprovider, datlocale, pg_encoding_to_char(encoding))"
                        + " FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("b C.UTF-8 UTF8");
        assertThat(server.url()).isEqualTo("postgresql://sluice:sluice@" + server.address() + "/sluice");
    }

    @Test
    void commitsAreDurableAndOverridesWin() throws SQLException {
        assertThat(value("SHOW fsync")).isEqualTo("on");
        assertThat(value("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(value("SHOW work_mem")).isEqualTo("7MB");
    }

    @Test
    void whatWasCommittedSurvivesAKill() throws SQLException {
        // Given
        execute("CREATE TABLE kept AS SELECT 42 AS answer");
        long killed = server.process().pid();

        // When
        server.kill();
        server.start();

        // Then
        assertThat(server.process().pid()).isNotEqualTo(killed);
        assertThat(value("SELECT answer FROM kept")).isEqualTo("42");
    }

    @Test
    void stoppingDoesNotWaitForClientsAndLeavesNoProcess() throws SQLException {
        // Given
        List<ProcessHandle> processes;
        try (Connection idle = connect()) {
            assertThat(idle.isValid(1)).isTrue();
            processes = server.process().descendants().toList();

            // When
            server.stop();
        }

        // Then
        assertThat(server.isAlive()).isFalse();
        assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(new LogFile(log()).contains("database system is shut down", 0))
                .isTrue();
    }

    @Test
    void anOldLockFileWhoseProcessIdIsInUseAgainDoesNotHurt() throws IOException, SQLException {
        // Given
        server.kill();
        Path lock = folder.resolve(DATA).resolve("cluster/postmaster.pid");
        List<String> lines = Files.readAllLines(lock);
        lines.set(0, String.valueOf(ProcessHandle.current().pid()));
        lines.set(2, "1000000000");
        Files.write(lock, lines);

        // When
        server.start();

        // Then
        assertThat(value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void aSecondServerOnTheSameDataIsRefusedByName() {
        assertThatThrownBy(() -> PostgresServer.start(folder.resolve(DATA), 0, log(), Map.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("(process " + server.process().pid() + ") already uses");
    }

    @Test
    void aFolderWhoseMakingWasKilledIsMadeAnew() throws IOException {
        // Given
        Path data = folder.resolve("other");
        Path halfMade = Files.createDirectories(data.resolve("cluster.draft-1/base"));

        // When
        try (PostgresServer other = PostgresServer.start(data, 0, log(), Map.of())) {

            // Then
            assertThat(other.isReady()).isTrue();
            assertThat(halfMade).doesNotExist();
        }
    }

    @Test
    void dataOfAnotherMajorVersionIsNamedWithTheRemedyAndLeftAlone() throws IOException {
        // Given
        Path data = folder.resolve("old");
        Path cluster = Files.createDirectories(data.resolve("cluster"));
        Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(cluster.resolve("postgresql.conf"));
        Path version = Files.writeString(cluster.resolve("PG_VERSION"), "17\n");

        // When
        assertThatThrownBy(() -> PostgresServer.start(data, 0, folder.resolve("old.log"), Map.of()))

                // Then
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("initialized by PostgreSQL version 17, which is not compatible with this version")
                .hasMessageContaining("Its data from before is in " + cluster)
                .hasMessageContaining("./run --fresh");
        assertThat(version).hasContent("17\n");
    }

    private static Path log() {
        return folder.resolve("postgresql.log");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + server.address() + "/sluice", "sluice", "sluice");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
