package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.provisioning.ProvisioningException.Part;
import io.sluice.provisioning.Step.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    void leavesAMigratedDatabaseAsItIs() {
        // Given
        sandbox.provision();

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps()).contains(new Step(Kind.UNCHANGED, SUBJECT, "version 3"));
    }

    @Test
    void changesNothingUnderADryRun() {
        // When
        Plan announced = sandbox.dryRun();

        // Then
        assertThat(announced.toString())
                .containsPattern(
                        "would migrate +database schema +to version 1, messages\\n.*to version 2, dead letters\\n.*to version 3, failed event")
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
                        "version 99 is newer than this program, which knows version 3: left as it is"));
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
        assertThat(failure.part()).isEqualTo(Part.MIGRATION);
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
        assertThat(failure.part()).isEqualTo(Part.MIGRATION);
        assertThat(failure)
                .hasMessageContaining("V1__messages.sql")
                .hasMessageContaining("relation \"messages\" already exists");
    }

    @Test
    void leavesADatabaseOfSomebodyElseAlone() {
        // Given
        sandbox.execute("create table customers (id int)");

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.part()).isEqualTo(Part.MIGRATION);
        assertThat(sandbox.tables()).containsExactly("customers");
    }
}
