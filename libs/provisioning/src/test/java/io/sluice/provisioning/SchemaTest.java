package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.provisioning.Step.Kind;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

    private static final String SUBJECT = "database schema";

    Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(Servers.kafka());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void migratesAnEmptyDatabase() {
        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps()).contains(new Step(Kind.MIGRATE, SUBJECT, "to version 1, messages"));
        assertThat(sandbox.tables()).contains("messages");
    }

    @Test
    void needsNoKafkaWithoutMessages() {
        // Given: a port without a listener
        sandbox.with(Setting.FEATURES, "none").with(Setting.KAFKA_BOOTSTRAP_SERVERS, "127.0.0.1:1");

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps())
                .contains(
                        new Step(Kind.UNCHANGED, "topics", "none, because FEATURES has no messages"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 1, messages"));
        assertThat(sandbox.tables()).contains("messages");
    }

    @Test
    void leavesAMigratedDatabaseAsItIs() {
        // Given
        sandbox.provision();

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps()).contains(new Step(Kind.UNCHANGED, SUBJECT, "version 21"));
    }

    @Test
    void changesNothingUnderADryRun() {
        // When
        Plan announced = sandbox.dryRun();

        // Then
        assertThat(announced.toString())
                .containsPattern(
                        "would migrate +database schema +to version 1, messages\\n.*to version 2, dead letters\\n.*to version 3, failed event\\n.*to version 4, outbox\\n.*to version 5, tasks\\n.*to version 6, task activity\\n.*to version 7, jobs\\n.*to version 8, images\\n.*to version 9, image statistics\\n.*to version 10, image detector\\n.*to version 11, storage installation\\n.*to version 12, documents\\n.*to version 13, passage vectors\\n.*to version 14, chat\\n.*to version 15, message order\\n.*to version 16, dead letters of event\\n.*to version 17, erasure\\n.*to version 18, replays\\n.*to version 19, embedding models\\n.*to version 20, replays to handlers\\n.*to version 21, message copy")
                .contains("Dry run: ");
        assertThat(sandbox.tables()).isEmpty();
        assertThat(sandbox.provision().steps()).isEqualTo(announced.steps());
    }

    @Test
    void leavesASchemaThatIsNewerThanThisProgramAsItIs() {
        // Given
        sandbox.provision();
        sandbox.execute(
                """
                insert into flyway_schema_history
                select 99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, 'sluice', now(), 1, true
                """);

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.steps())
                .contains(new Step(
                        Kind.WARNING,
                        SUBJECT,
                        "version 99 is newer than this program, which knows version 21: left as it is"));
        assertThat(sandbox.dryRun().steps()).isEqualTo(plan.steps());
    }

    @Test
    void refusesAMigrationThatWasChangedAfterItRan() {
        // Given
        sandbox.provision();
        sandbox.execute("update flyway_schema_history set checksum = checksum + 1 where version = '1'");

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure).hasMessageContaining("checksum mismatch").hasMessageContaining("version 1");
        assertThat(catchThrowableOfType(ProvisioningException.class, sandbox::dryRun))
                .hasMessage(failure.getMessage());
    }

    @Test
    void tellsWhichStatementOfAMigrationFailed() {
        // Given
        sandbox.provision();
        sandbox.execute("delete from flyway_schema_history");

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure)
                .hasMessageContaining("V1__messages.sql")
                .hasMessageContaining("relation \"messages\" already exists");
    }

    @Test
    void migratesBesideWhatSomebodyElseHasInTheSchema() {
        // Given
        sandbox.execute("create table customers (id int)");
        sandbox.execute("create function customers() returns bigint language sql as 'select count(*) from customers'");

        // When
        Plan announced = sandbox.dryRun();
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps())
                .isEqualTo(announced.steps())
                .contains(new Step(Kind.MIGRATE, SUBJECT, "to version 1, messages"));
        assertThat(sandbox.tables()).contains("customers", "messages");
        assertThat(sandbox.query("select customers()")).isEqualTo("0");
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    @Test
    void namesWhatIsInItsPlace() throws IOException {
        // Given
        sandbox.execute("create table dead_letters (id int)");

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure)
                .hasMessageContaining(
                        "relation \"dead_letters\" already exists. What has this name already is not Sluice's: rename it")
                .hasMessageNotContaining("baseline");

        // When
        sandbox.execute("alter table dead_letters rename to other_letters");

        // Then
        assertThat(sandbox.provision().changes()).hasSize(migrations() - 1);
        assertThat(sandbox.tables()).contains("dead_letters", "other_letters");
    }

    @Test
    void isMigratedOnceBySeveralAtOnceBesideWhatSomebodyElseHas() throws IOException {
        // Given
        sandbox.execute("create table customers (id int)");
        Executor ownThread = task -> new Thread(task).start();

        // When
        List<CompletableFuture<Plan>> runs = Stream.generate(
                        () -> CompletableFuture.supplyAsync(sandbox::provision, ownThread))
                .limit(3)
                .toList();

        // Then
        assertThat(runs.stream().flatMap(run -> run.join().changes().stream()))
                .filteredOn(step -> step.kind() == Kind.MIGRATE)
                .hasSize(migrations());
    }

    private static int migrations() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "db", "migration"))) {
            return (int) files.count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void refusesADatabaseInWhichNotEveryEventCanBeStored(String encoding) throws Exception {
        // Given
        String name = sandbox.database() + "_" + encoding.toLowerCase(Locale.ROOT);
        sandbox.executeAsAdmin("create database %s owner sluice encoding '%s' locale 'C' template template0"
                .formatted(name, encoding));
        sandbox.with(Setting.DATABASE_URL, sandbox.databaseUrl().replaceFirst("[^/]+$", name));

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure)
                .hasMessageStartingWith("Database " + name + ": its encoding is " + encoding)
                .hasMessageContaining("encoding 'UTF8' template template0");
        assertThat(sandbox.tables()).isEmpty();
        assertThat(sandbox.topics()).isEmpty();
    }

    @Test
    void saysWhatToDoWhereEachRunHasARoleOfItsOwn() {
        // Given
        String first = role("first");
        String second = role("second");
        sandbox.executeAsAdmin("grant create on schema public to " + first + ", " + second);
        sandbox.as(first, "").provision();

        // When
        ProvisioningException failure =
                catchThrowableOfType(ProvisioningException.class, sandbox.as(second, "")::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure)
                .hasMessageContaining("permission denied for table flyway_schema_history. The role needs the right")
                .hasMessageContaining("alter role … set role = <owner>")
                .hasMessageContaining("reassign owned by … to <owner>");

        // When: the remedy
        String owner = role("owner");
        sandbox.executeAsAdmin(
                "grant create on schema public to " + owner,
                "reassign owned by " + first + " to " + owner,
                "grant " + owner + " to " + second,
                "alter role " + second + " set role = " + owner);

        // Then
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    @Test
    void isMigratedByTheNextRoleWhereAllActAsOne() {
        // Given
        String owner = role("owner");
        sandbox.executeAsAdmin("grant create on schema public to " + owner);
        for (String name : List.of("first", "second")) {
            sandbox.executeAsAdmin(
                    "create role %1$s_%2$s login password '%1$s_%2$s' in role %3$s"
                            .formatted(sandbox.database(), name, owner),
                    "alter role %s_%s set role = %s".formatted(sandbox.database(), name, owner));
        }
        sandbox.as(sandbox.database() + "_first", "").provision();
        sandbox.executeAsAdmin(
                "drop table dead_letters cascade",
                "delete from flyway_schema_history where version in ('2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '21')",
                "drop table dead_letter_attempts, dead_letter_actions, outbox, outbox_lease, task_activity, tasks, task_creations, jobs, scheduled_tasks, image_objects, images, image_statistics, storage_installation, chat_quotations, chat_turns, chat_sessions, embedding_leases, embedding_models, passage_vectors, passage_terms, passages, documents, erasures, replays",
                "drop function passage_lexemes, messages_horizon, message_writer_time",
                "drop function chat_redact, chat_withdraw",
                "drop function announce_message_writer cascade",
                "alter table messages drop column owner, drop column erased_at");

        // When
        Plan plan = sandbox.as(sandbox.database() + "_second", "").provision();

        // Then
        assertThat(plan.changes())
                .containsExactly(
                        new Step(Kind.MIGRATE, SUBJECT, "to version 2, dead letters"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 3, failed event"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 4, outbox"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 5, tasks"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 6, task activity"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 7, jobs"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 8, images"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 9, image statistics"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 10, image detector"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 11, storage installation"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 12, documents"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 13, passage vectors"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 14, chat"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 15, message order"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 16, dead letters of event"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 17, erasure"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 18, replays"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 19, embedding models"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 20, replays to handlers"),
                        new Step(Kind.MIGRATE, SUBJECT, "to version 21, message copy"));
        assertThat(sandbox.query(
                        "select string_agg(distinct tableowner, ', ') from pg_tables where schemaname = 'public'"))
                .isEqualTo(owner);
    }

    @Test
    void isMadeInTheFirstSchemaOfTheSearchPath() {
        // Given
        String role = role("role");
        sandbox.executeAsAdmin("create schema app authorization " + role);

        // When
        sandbox.as(role, "&currentSchema=app,public").provision();

        // Then
        assertThat(sandbox.query("select schemaname from pg_tables where tablename = 'messages'"))
                .isEqualTo("app");
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    @Test
    void isMadeInTheSchemaThatHasTheRolesName() {
        // Given
        String role = role("role");
        sandbox.executeAsAdmin("create schema authorization " + role);

        // When
        sandbox.as(role, "").provision();

        // Then
        assertThat(sandbox.query("select schemaname from pg_tables where tablename = 'messages'"))
                .isEqualTo(role);
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app,public", "app", "\"$user\",app"})
    void refusesASearchPathWhoseFirstSchemaIsMissing(String path) throws Exception {
        // Given
        String role = role("role");
        sandbox.executeAsAdmin("alter role " + role + " set search_path = " + path);

        // When
        ProvisioningException failure =
                catchThrowableOfType(ProvisioningException.class, sandbox.as(role, "")::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure)
                .hasMessageContaining("but its first schema, app, is not there")
                .hasMessageContaining("create schema app authorization " + role);
        assertThat(sandbox.topics()).isEmpty();
    }

    @Test
    void refusesASearchPathWithoutASchema() {
        // Given
        String role = role("role");
        sandbox.executeAsAdmin("alter role " + role + " set search_path = ''");

        // When
        ProvisioningException failure =
                catchThrowableOfType(ProvisioningException.class, sandbox.as(role, "")::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure).hasMessageContaining("search_path of role " + role);
    }

    @Test
    void refusesToMakeTheTablesASecondTimeInASchemaThatWasMadeSince() {
        // Given
        String role = role("role");
        sandbox.executeAsAdmin("grant create on schema public to " + role);
        sandbox.as(role, "").provision();
        sandbox.executeAsAdmin("create schema authorization " + role);

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.MIGRATION);
        assertThat(failure)
                .hasMessageContaining("the tables are in schema public")
                .hasMessageContaining("schema " + role + " comes first")
                .hasMessageContaining("alter database " + sandbox.database() + " set search_path = public");
    }

    /** Makes one that may log in. */
    private String role(String name) {
        String role = sandbox.database() + "_" + name;
        sandbox.executeAsAdmin("create role %1$s login password '%1$s'".formatted(role));
        return role;
    }
}
