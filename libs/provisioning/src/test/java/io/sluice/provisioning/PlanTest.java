package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.provisioning.Step.Kind;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void isPrintedInColumns() {
        // Given
        Plan plan = new Plan(Plan.Mode.CARRY_OUT);

        // When
        plan.change(new Step(Kind.CREATE, "topic messages", "12 partitions, replication factor 1"), () -> true);
        plan.note(new Step(Kind.UNCHANGED, "database schema", "version 1"));

        // Then
        assertThat(plan)
                .hasToString(
                        """
                created    topic messages   12 partitions, replication factor 1
                unchanged  database schema  version 1
                1 change made.""");
    }

    @Test
    void speaksOfTheFutureUnderADryRun() {
        // Given
        Plan plan = new Plan(Plan.Mode.DRY_RUN);

        // When
        plan.change(new Step(Kind.EXTEND, "topic messages", "from 6 to 12 partitions"), () -> {
            throw new AssertionError("a dry run changes nothing");
        });

        // Then
        assertThat(plan)
                .hasToString(
                        """
                would extend  topic messages  from 6 to 12 partitions
                Dry run: 1 change would be made.""");
    }

    @Test
    void leavesOutWhatSomebodyElseDid() {
        // Given
        Plan plan = new Plan(Plan.Mode.CARRY_OUT);

        // When
        plan.change(new Step(Kind.CREATE, "topic messages", ""), () -> false);

        // Then
        assertThat(plan).hasToString("Nothing was to do.");
    }
}
